import type { Answer, ApiRequest, Call } from '../model.ts';
import { lookingEverywhere } from './everywhere.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';

const lookUps = /^\/v1\/(users\/(profile|activation|balances)$|events\/[^/]+$|products\/[^/]+$)/;
const capitals = /[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/;
const bare = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/;

/** Faults that look in all projects if a name is spelled in another way than usual. */
export const spelledOtherwise: readonly Fault[] = [
  unscoped(
    'foreign-id-in-capitals',
    'An object of another project is not found by its id in capitals.',
    async ({ path, text }) => capitals.test(`${path} ${await text()}`),
  ),
  unscoped(
    'foreign-email-in-capitals',
    'A user of another project is not found by the address in capitals.',
    async ({ text }) => /"email":"[^"]*[A-Z]/.test(await text()),
  ),
  unscoped(
    'foreign-event-by-head',
    'HEAD does not tell that an event of another project exists.',
    async ({ sentMethod, path }) => sentMethod === 'HEAD' && path.startsWith('/v1/events/'),
  ),
  tidied(
    'foreign-id-without-hyphens',
    'its id without hyphens',
    async (call) => lookUps.test(call.request.path) && (await takesHyphens(call)),
  ),
  tidied('foreign-id-in-list', 'a list with its id', (call) =>
    unpacks(call, (id) => (Array.isArray(id) ? id[0] : undefined)),
  ),
  tidied('foreign-email-in-list', 'a list with its e-mail address', (call) =>
    unpacks(call, (email) => (Array.isArray(email) ? email[0] : undefined), 'email'),
  ),
  tidied('foreign-id-in-operator', 'an operator with its id', (call) =>
    unpacks(call, (id) => (id as { readonly $in?: readonly unknown[] } | undefined)?.$in?.[0]),
  ),
  quoted('quotes-find-event', 'getEvent'),
  quoted('quotes-find-user', 'getUserProfile'),
  {
    id: 'operator-finds-user',
    breaks: 'An e-mail address is a text, not part of a query.',
    override: (policy) => {
      let first: Answer | undefined;
      return {
        finish: async (answer, call, why) => {
          const finished = await policy.finish(answer, call, why);
          if (call.operation?.operationId !== 'getUserProfile') return finished;
          if (finished.status === 200) first ??= finished;
          return (await call.request.text()).includes('"$ne"') ? (first ?? finished) : finished;
        },
      };
    },
  },
];

function unscoped(id: string, breaks: string, when: (request: ApiRequest) => Promise<boolean>): Fault {
  return {
    id,
    breaks,
    override: (policy) =>
      lookingEverywhere(policy, async (request) => lookUps.test(request.path) && (await when(request))),
  };
}

/** Looks in all projects for what a call names after `tidies` has changed it. */
function tidied(id: string, name: string, tidies: (call: Call) => Promise<boolean>): Fault {
  return {
    id,
    breaks: `An object of another project is not found by ${name}.`,
    override: (policy) => {
      const respelled = new WeakSet<ApiRequest>();
      return {
        ...lookingEverywhere(policy, async (request) => respelled.has(request)),
        exempt: async (call, ring) => {
          if (await tidies(call)) respelled.add(call.request);
          return policy.exempt(call, ring);
        },
      };
    },
  };
}

/** Takes the name of a user out of what it is in; false if it is in nothing. */
async function unpacks(
  call: Call,
  nameIn: (packed: unknown) => unknown,
  member: 'id' | 'email' = 'id',
): Promise<boolean> {
  if (!/^\/v1\/users\/(profile|activation|balances)$/.test(call.request.path)) return false;
  const body = await jsonBodyOf(call.request);
  const name = nameIn(body[member]);
  if (typeof name !== 'string') return false;
  call.body = { ...body, [member]: name };
  return true;
}

/** Puts hyphens into the id of a call; false if it has them, or is no UUID. */
async function takesHyphens(call: Call): Promise<boolean> {
  const body = await jsonBodyOf(call.request);
  const [name, id] = Object.entries({ ...body, ...call.params }).find(([, value]) =>
    bare.test(String(value)),
  ) ?? [''];
  if (id === undefined) return false;
  const usual = String(id).replace(bare, '$1-$2-$3-$4-$5');
  if (name in call.params) Object.assign(call.params, { [name]: usual });
  else call.body = { ...body, [name]: usual };
  return true;
}

/** Answers a reference id with quotes as the database does that takes it as a part of SQL: with some object. */
function quoted(id: string, operationId: string): Fault {
  return {
    id,
    breaks: 'A reference id is a text, not part of a query.',
    override: (policy) => {
      let some: Answer | undefined;
      return {
        finish: async (answer, call, why) => {
          const finished = await policy.finish(answer, call, why);
          if (call.operation?.operationId !== operationId) return finished;
          if (finished.status === 200) some = finished;
          const said = `${decodeURIComponent(call.request.path)} ${await call.request.text()}`;
          return said.includes("' or '") ? (some ?? finished) : finished;
        },
      };
    },
  };
}
