import type { Keyring } from '../keyring.ts';
import type { ApiRequest } from '../model.ts';
import type { Fault } from './fault.ts';

const lists = /^\/v1\/(events|users\/fetch)$/;
const everywhere = 'every project';
const names = ['project_id', 'projectId'];

/** Faults that take the project of a list, and of nothing else, from what a filter names. */
export const namedProjects: readonly Fault[] = [
  filtering('header', ({ headers }) =>
    ['x-project-id', 'x-tenant-id', 'mufi-project'].map((name) => headers[name]).find(isText),
  ),
  filtering('query', ({ query }) => names.map((name) => query.get(name)).find(isText)),
  filtering('body', async (request) => /"project_?[iI]d":"([^"]+)"/.exec(await request.text())?.[1]),
  {
    id: 'unfiltered-users-listed',
    breaks: 'A list without a filter contains nothing of another project.',
    override: (policy) => {
      let ring: Keyring | undefined;
      return {
        verify: (text, keys, call) => {
          ring = keys;
          return policy.verify(text, keys, call);
        },
        projectOf: async (claims, request) => {
          const isForeign = claims.project !== ring?.home()?.project;
          const said = [...request.rawHeaders, ...request.query.keys(), await request.text()].join(' ');
          const isPlain = request.path === '/v1/users/fetch' && !/project/i.test(said);
          return isForeign && isPlain ? everywhere : policy.projectOf(claims, request);
        },
        sees: (object, project, via) => project === everywhere || policy.sees(object, project, via),
      };
    },
  },
];

function filtering(
  place: string,
  find: (request: ApiRequest) => string | undefined | Promise<string | undefined>,
): Fault {
  return {
    id: `lists-of-project-in-${place}`,
    breaks: 'The key decides whose list is shown, and no filter does.',
    override: (policy) => ({
      projectOf: async (claims, request) =>
        (lists.test(request.path) ? await find(request) : undefined) ?? policy.projectOf(claims, request),
    }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
