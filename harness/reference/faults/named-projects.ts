import type { ApiRequest } from '../model.ts';
import type { Fault } from './fault.ts';

const lists = /^\/v1\/(events|users\/fetch)$/;
const names = ['project_id', 'projectId'];

/** Faults that take the project of a list, and of nothing else, from what a filter names. */
export const namedProjects: readonly Fault[] = [
  filtering('header', ({ headers }) =>
    ['x-project-id', 'x-tenant-id', 'mufi-project'].map((name) => headers[name]).find(isText),
  ),
  filtering('query', ({ query }) => names.map((name) => query.get(name)).find(isText)),
  filtering('body', async (request) => /"project_?[iI]d":"([^"]+)"/.exec(await request.text())?.[1]),
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
