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

const otherHeaders =
  /^x-(project|mufi-project-id|account-id|org(anization)?-id|workspace-id|scope-orgid|customer-id|consumer-custom-id|goog-user-project|tenant)$/;
const otherParameters = /^(project|(tenant|account|organization|org|workspace|owner)_id)$/;

/** Places that fewer servers look at. */
const otherPlaces: readonly (readonly [place: string, what: string, find: Find])[] = [
  ['other-header', 'header', ({ headers }) => fieldOf(headers, otherHeaders)],
  ['cookie', 'cookie', ({ headers }) => /\bproject_id=([^;]+)/.exec(headers.cookie ?? '')?.[1]],
  ['baggage', 'baggage', ({ headers }) => /\bproject_id=([^,;]+)/.exec(String(headers.baggage))?.[1]],
  ['other-query', 'parameter', ({ query }) => [...query].find(([name]) => otherParameters.test(name))?.[1]],
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
  ...otherPlaces.map(([place, what, find]) =>
    elsewhere(`project-from-${place}`, `The key decides the project, and no ${what} does.`, find),
  ),
  elsewhere(
    'lists-of-project-in-filter',
    'The key decides whose list is shown, and no filter does.',
    ({ path, query }) => (lists.test(path) ? query.get('filter[project_id]') || undefined : undefined),
  ),
  {
    id: 'everything-listed-on-demand',
    breaks: 'A list of everything has only what belongs to the project.',
    override: (policy) =>
      lookingEverywhere(policy, async ({ path, query }) => lists.test(path) && query.get('all') === 'true'),
  },
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

function fieldOf(headers: ApiRequest['headers'], names: RegExp): string | undefined {
  const found = Object.entries(headers).find(([name]) => names.test(name));
  return isText(found?.[1]) ? found[1] : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
