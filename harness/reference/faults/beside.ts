import type { Keyring } from '../keyring.ts';
import type { ApiRequest, Call } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { type JsonBody, jsonBodyOf } from './json-body.ts';

/** The body as the faulty handler reads it, if that differs from the body that was checked; else undefined. */
type Reading = (request: ApiRequest) => Promise<JsonBody | undefined>;

const idNames = ['id', 'event_id', 'user_id', 'product_id'];

/** Faults that check one of two ids and act on the other. */
export const beside: readonly Fault[] = [
  acting(
    'last-of-two-ids-unscoped',
    'If a member appears twice in a body, the value that is used is checked.',
    (request) => ofTwo(request, (_first, last) => last),
  ),
  acting(
    'first-of-two-ids-taken',
    'If a member appears twice in a body, the value that is checked is used.',
    (request) => ofTwo(request, (first) => first),
  ),
  acting(
    'id-of-query-taken',
    'An id in the query does not change which object the body names.',
    async (request) => {
      const body = await jsonBodyOf(request);
      const given = idNames.filter((name) => name in body && request.query.has(name));
      const taken = given.map((name) => [name, request.query.get(name)] as const);
      return given.length === 0 ? undefined : { ...body, ...Object.fromEntries(taken) };
    },
  ),
  acting(
    'id-beside-address-taken',
    'If a request names a user in two ways, the one that is checked is used.',
    async (request) => {
      const { email, id } = await jsonBodyOf(request);
      return typeof email === 'string' && typeof id === 'string' ? { id } : undefined;
    },
    'read',
  ),
  ...(
    [
      ['project-snake-case', /^project_id$/],
      ['project-camel-case', /^projectId$/],
      ['project-bare', /^project$/],
      ['tenant', /^tenant(_?id)?$/i],
      ['organization', /^org(anization)?_?id$/i],
      ['account', /^(account|workspace)_?id$/i],
      ['owner', /^owner(_?id)?$/i],
    ] as const
  ).flatMap(([name, pattern]) => [
    believing(`written-into-${name}`, pattern),
    moving(`moved-to-${name}`, pattern),
  ]),
];

/** Acts on the body that `read` returns, in the first project of the server. The check saw another id and passed. */
export function acting(id: string, breaks: string, read: Reading, on: 'read' | 'write' = 'write'): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => {
      const homes = new WeakMap<ApiRequest, string>();
      return {
        exempt: async (call: Call, ring: Keyring) => {
          const body = call.operation?.permission === on ? await read(call.request) : undefined;
          const home = ring.home()?.project;
          if (body !== undefined && home !== undefined) {
            call.body = body;
            homes.set(call.request, home);
          }
          return policy.exempt(call, ring);
        },
        projectOf: (claims, request) => homes.get(request) ?? policy.projectOf(claims, request),
      };
    },
  };
}

/** The body with one of the two values of each id that appears twice; undefined if no id does. */
async function ofTwo(
  request: ApiRequest,
  choose: (first: string, last: string) => string,
): Promise<JsonBody | undefined> {
  const text = await request.text();
  const values = (name: string): string[] =>
    [...text.matchAll(new RegExp(`[{,]"${name}":"([^"]*)"`, 'g'))].map(([, value = '']) => value);
  const chosen = idNames.flatMap((name) => {
    const [first, last] = values(name);
    return first === undefined || last === undefined ? [] : [[name, choose(first, last)] as const];
  });
  return chosen.length === 0 ? undefined : { ...(await jsonBodyOf(request)), ...Object.fromEntries(chosen) };
}

/** Moves what was changed to the project that a member of the body names. */
function moving(id: string, pattern: RegExp): Fault {
  return {
    id,
    breaks: 'An object stays in the project of the key that created it, whatever a body says.',
    override: (policy: Policy) => {
      const homes = new Map<unknown, string>();
      return {
        finish: async (answer, call, why) => {
          const body = await jsonBodyOf(call.request);
          const home = Object.entries(body).find(([name]) => pattern.test(name))?.[1];
          const isDone = answer.status < 300 && call.operation?.permission === 'write';
          if (isDone && typeof home === 'string') homes.set(body.id ?? body.event_id, home);
          return policy.finish(answer, call, why);
        },
        sees: (object, project, via) => {
          const home = 'id' in object ? homes.get(object.id) : undefined;
          return home === undefined ? policy.sees(object, project, via) : home === project;
        },
      };
    },
  };
}

/** Writes to the project that a member of the body, or of its first entry, names. */
function believing(id: string, pattern: RegExp): Fault {
  return {
    id,
    breaks: 'The key decides which project is written to, and no member of the body does.',
    override: (policy: Policy) => ({
      projectOf: async (claims, request) => {
        const body: unknown = await jsonBodyOf(request);
        const entry: unknown = Array.isArray(body) ? body[0] : body;
        const isWrite = policy.findOperation(request.method, request.path, request)?.operation.permission;
        const found = Object.entries(entry ?? {}).find(([name]) => pattern.test(name))?.[1];
        return typeof found === 'string' && isWrite === 'write' ? found : policy.projectOf(claims, request);
      },
    }),
  };
}
