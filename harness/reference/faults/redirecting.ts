import type { Fault } from './fault.ts';

/** Faults of routers that redirect to the normalised path before they check the key. */
export const redirecting: readonly Fault[] = [
  tidying('trailing-slash', (path) => path.replace(/(?<=[a-z])\/$/, '')),
  tidying('double-slash', (path) => path.replace(/(?<=v1)\/\/(?=[a-z])/, '/')),
  tidying('dot-segment', (path) => path.replace(/(?<=v1)\/\.(?=\/)/, '')),
  tidying('upper-case', (path) => (/^\/V1\/[A-Z/]+$/.test(path) ? path.toLowerCase() : path)),
];

function tidying(id: string, tidy: (path: string) => string): Fault {
  return {
    id: `redirects-${id}`,
    breaks: `The server checks the key before it redirects to a normalised path: ${id.replaceAll('-', ' ')}.`,
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        const { path } = call.request;
        const location = tidy(path);
        if (why !== 'none' || location === path) return finished;
        return { status: 308, headers: { ...finished.headers, location }, body: undefined };
      },
    }),
  };
}
