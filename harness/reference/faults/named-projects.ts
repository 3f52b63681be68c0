import type { ApiRequest } from '../model.ts';
import { lookingEverywhere } from './everywhere.ts';
import type { Fault } from './fault.ts';
import { knownRing } from './ring.ts';

type Find = (request: ApiRequest) => string | undefined | Promise<string | undefined>;

const lists = /^\/v1\/(events|users\/fetch)$/;

/** Where a request can name a project. */
const places: readonly (readonly [place: string, what: string, find: Find])[] = [
  [
    'header',
    'header',
    ({ headers }) =>
      ['x-project-id', 'x-tenant-id', 'mufi-project'].map((name) => headers[name]).find(isText),
  ],
  [
    'query',
    'parameter',
    ({ query }) => ['project_id', 'projectId'].map((name) => query.get(name)).find(isText),
  ],
  ['body', 'body', async (request) => /"project_?[iI]d":"([^"]+)"/.exec(await request.text())?.[1]],
];

/** Faults that take the project from what a request names, or show a list of every project. */
export const namedProjects: readonly Fault[] = [
  ...places.flatMap(([place, what, find]) => [
    elsewhere(`project-from-${place}`, `The key decides the project, and no ${what} does.`, find),
    elsewhere(
      `lists-of-project-in-${place}`,
      'The key decides whose list is shown, and no filter does.',
      (request) => (lists.test(request.path) ? find(request) : undefined),
    ),
  ]),
  {
    id: 'unfiltered-users-listed',
    breaks: 'A list without a filter contains nothing of another project.',
    override: (policy) => {
      const { verify, ring } = knownRing(policy);
      return {
        verify,
        ...lookingEverywhere(policy, async (request, claims) => {
          const isOther = claims.project !== ring()?.home()?.project;
          const said = [...request.rawHeaders, ...request.query.keys(), await request.text()].join(' ');
          return isOther && request.path === '/v1/users/fetch' && !/project/i.test(said);
        }),
      };
    },
  },
];

function elsewhere(id: string, breaks: string, find: Find): Fault {
  return {
    id,
    breaks,
    override: (policy) => ({
      projectOf: async (claims, request) => (await find(request)) ?? policy.projectOf(claims, request),
    }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
