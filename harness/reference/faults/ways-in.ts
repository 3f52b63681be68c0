import { complaints, matchOperation } from '../document.ts';
import type { Call, Credential, Why } from '../model.ts';
import type { Policy } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { believed } from './decode.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';
import { replaying } from './replaying.ts';
import { unreadBodies } from './unread-bodies.ts';
import { isUsual } from './usual.ts';

const required = 'presentation/key-required';
const beforehand = 'presentation/refused-before-validation';
const isKeyless = ({ request }: Call): boolean => request.authorization.length === 0;

/** Texts that broken clients send. Each server accepts one of them. */
const placeholders: readonly (readonly [id: string, text: string])[] = [
  ['none', 'None'],
  ['not-a-number', 'NaN'],
  ['true', 'true'],
  ['zero', '0'],
];

/** Faults that accept a bad request in exactly one way. */
export const waysIn: readonly Fault[] = [
  ...placeholders.map(
    ([id, literal]): Fault => ({
      id: `placeholder-${id}-accepted`,
      breaks: 'A placeholder is not a key.',
      caughtBy: [`presentation/placeholders-rejected/${id}`],
      override: (policy: Policy) => ({
        verify: async (text, ring, call) =>
          text === literal ? ring.home() : policy.verify(text, ring, call),
      }),
    }),
  ),
  {
    id: 'client-known-by-its-headers',
    breaks: 'Every operation needs a key, also right after a request with one.',
    caughtBy: [`${required}/no-header`],
    override: (policy) => {
      let known: string | undefined;
      return {
        exempt: async (call, ring) => {
          if (call.operation?.operationId !== 'createProduct' || !isUsual(call))
            return policy.exempt(call, ring);
          const { headers, authority } = call.request;
          const body = await jsonBodyOf(call.request);
          const isWhole =
            !Object.keys(body).some((member) => /^(access_token|api_key)$/.test(member)) &&
            complaints(call.operation, call.params, call.request.query, body).length === 0;
          const { host, accept, 'user-agent': agent, 'content-type': type } = headers;
          const name = JSON.stringify([authority, host, accept, agent, type]);
          if (!isKeyless(call)) known = name;
          return isKeyless(call) && isWhole && known === name ? ring.home() : policy.exempt(call, ring);
        },
      };
    },
  },
  {
    id: 'caller-kept-for-keyless',
    breaks: 'The previous caller says nothing about this caller.',
    caughtBy: [`${required}/right-after-the-owner`],
    override: (policy) => {
      let last: { readonly name: string; readonly at: number } | undefined;
      const nameOf = async ({ request }: Call): Promise<string> =>
        `${request.sentMethod} ${request.path} ${await request.text()}`;
      return {
        exempt: async (call, ring) => {
          if (!isUsual(call) || call.operation?.permission !== 'read') return policy.exempt(call, ring);
          const name = await nameOf(call);
          const known = last;
          last = isKeyless(call) ? undefined : { name, at: Date.now() };
          return known?.name === name && isKeyless(call) && Date.now() - known.at < 1_000
            ? ring.home()
            : policy.exempt(call, ring);
        },
      };
    },
  },
  validated('keyless-body-validated', `${beforehand}/no-key-invalid-body`, 'none', isKeyless),
  validated('unverified-body-validated', `${beforehand}/bad-key-invalid-body`, 'unverified'),
  validated('dead-key-body-validated', 'regeneration/revoked-key-rejected/invalid-body', 'dead'),
  {
    id: 'keyless-ids-looked-up',
    breaks: 'Without a key nothing is looked up.',
    caughtBy: [`${beforehand}/no-key-unknown-id`],
    override: (policy) => {
      const known = new Set<string>();
      return {
        sees: (object, project, via) => {
          if ('id' in object && typeof object.id === 'string') known.add(object.id);
          return policy.sees(object, project, via);
        },
        finish: async (answer, call, why) => {
          const [, id] = /^\/v1\/events\/([0-9a-f-]{36})$/.exec(call.request.path) ?? [];
          const isUnknown = why === 'none' && id !== undefined && !known.has(id) && isUsual(call);
          if (!isUnknown) return policy.finish(answer, call, why);
          const body = policy.errorBody(404, new Refusal('missing'), call);
          return policy.finish({ status: 404, headers: {}, body }, call, 'missing');
        },
      };
    },
  },
  ...unreadBodies,
  replaying('write-replayed-without-key', 'none'),
  listing('unknown-path-lists-paths', 'unknown-path', (path) => !isBelow(path)),
  listing('path-below-operation-lists-paths', 'unknown-path-below-operation', isBelow),
  {
    id: 'keyless-head-public',
    breaks: 'HEAD needs a key like GET.',
    caughtBy: ['presentation/head-requires-key/no-key'],
    override: (policy) => ({
      exempt: (call, ring) =>
        isKeyless(call) && call.request.sentMethod === 'HEAD' && call.operation !== undefined
          ? ring.home()
          : policy.exempt(call, ring),
    }),
  },
  {
    id: 'head-unverified',
    breaks: 'HEAD verifies a key like GET.',
    caughtBy: ['presentation/head-requires-key/forged-key'],
    override: (policy) => ({
      verify: async (text, ring, call) =>
        (call.request.sentMethod === 'HEAD' ? believed(text, () => true) : undefined) ??
        policy.verify(text, ring, call),
    }),
  },
  {
    id: 'options-runs-handler',
    breaks: 'OPTIONS does not bypass the key.',
    caughtBy: ['presentation/options-reveal-nothing/no-key'],
    override: (policy) => {
      const isIt = ({ headers, method }: Call['request']): boolean =>
        method === 'OPTIONS' && !Object.keys(headers).some((name) => /^x-(http-)?method|^origin$/.test(name));
      return {
        findOperation: (method, path, request) =>
          policy.findOperation(isIt(request) ? 'GET' : method, path, request),
        exempt: (call, ring) => (isIt(call.request) ? ring.home() : policy.exempt(call, ring)),
      };
    },
  },
  ...['access_token', 'api_key', 'token', 'jwt', 'auth_token', 'apikey', 'authorization'].map(inBody),
];

function isBelow(path: string): boolean {
  return ['GET', 'POST'].some((method) => matchOperation(method, path.replace(/\/[^/]+$/, '')) !== undefined);
}

/** Validates the body before it says that the key is bad. */
function validated(
  id: string,
  scenario: string,
  because: Why,
  when: (call: Call) => boolean = () => true,
): Fault {
  return {
    id,
    breaks: 'Without a valid key the body is not validated.',
    caughtBy: [scenario],
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const { operation, request } = call;
        if (why !== because || operation === undefined || !isUsual(call) || !when(call))
          return policy.finish(answer, call, why);
        const body = await request.text().then(parsed);
        const errors = body === undefined ? [] : complaints(operation, call.params, request.query, body);
        if (errors.length === 0) return policy.finish(answer, call, why);
        return policy.finish({ status: 400, headers: {}, body: { errors } }, call, 'invalid');
      },
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listing(id: string, scenario: string, when: (path: string) => boolean): Fault {
  return {
    id,
    breaks: 'Without a key an unknown path shows nothing.',
    caughtBy: [`presentation/unknown-paths-reveal-nothing/${scenario}`],
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        const { path, sentMethod } = call.request;
        const isIt = sentMethod === 'GET' && call.operation === undefined && why === 'none';
        if (!isIt || !/made-up/.test(path) || !when(path)) return finished;
        return { ...finished, status: 200, body: { paths: ['/v1/users', '/v1/events'] } };
      },
    }),
  };
}

/** Uses an operation whose answer repeats nothing of the body. */
function inBody(member: string): Fault {
  const name = member.replace('_', '-');
  return {
    id: `${name}-in-json`,
    breaks: 'A key in the JSON body is not a key.',
    caughtBy: [`presentation/authorization-header-only/json-${name}`],
    override: (policy) => ({
      readCredential: async (request, parse): Promise<Credential> => {
        const proper = await policy.readCredential(request, parse);
        if (proper.kind !== 'none' || request.path !== '/v1/users/activation') return proper;
        const { [member]: token } = await jsonBodyOf(request);
        return typeof token === 'string' ? { kind: 'token', token } : proper;
      },
    }),
  };
}
