import type { Call, Credential } from '../model.ts';
import type { Policy } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { fronts } from './fronts.ts';
import { names } from './names.ts';
import { places } from './places.ts';
import { sessions } from './sessions.ts';
import { spellings } from './spellings.ts';
import { unanchored } from './unanchored.ts';

const PLACEHOLDERS = new Set(['[object Object]', '{{token}}', '$MUFI_API_KEY', 'YOUR_API_KEY']);

/** Faults in how a key is presented, and in what needs a key. */
export const presentation: readonly Fault[] = [
  ...places,
  ...names,
  ...sessions,
  ...spellings,
  ...unanchored,
  ...fronts,
  anyone('literal-accepted', 'The word undefined is not a key.', (value) =>
    /^bearer +(undefined|null)$/i.test(value),
  ),
  anyone('placeholder-accepted', 'A placeholder is not a key.', (value) =>
    PLACEHOLDERS.has(value.replace(/^bearer +/i, '')),
  ),
  anyone('bare-scheme-accepted', 'The scheme alone is not a credential.', (value) =>
    /^bearer *$/i.test(value),
  ),
  anyone(
    'empty-header-accepted',
    'An empty Authorization line is not a credential.',
    (value) => value.trim() === '',
  ),
  open(
    'version-public',
    'The version needs a key too.',
    (call) => call.operation?.operationId === 'getVersion',
  ),
  open(
    'event-by-reference-public',
    'An event needs a key by its reference id too.',
    ({ operation, request }) =>
      operation?.operationId === 'getEvent' &&
      request.authorization.length === 0 &&
      /\/(?![0-9a-f-]{36}$)[\w-]+$/i.test(request.path),
  ),
  open('head-public', 'HEAD needs a key like GET.', (call) => call.request.sentMethod === 'HEAD'),
  {
    id: 'options-public',
    breaks: 'OPTIONS does not bypass the key.',
    override: (policy) => ({
      findOperation: (method, path, request) =>
        policy.findOperation(method === 'OPTIONS' ? 'GET' : method, path, request),
      exempt: (call, ring) => (call.request.method === 'OPTIONS' ? ring.home() : policy.exempt(call, ring)),
    }),
  },
  {
    id: 'options-answered-as-post',
    breaks: 'OPTIONS with the body of a POST does not bypass the key.',
    override: (policy) => ({
      findOperation: (method, path, request) =>
        policy.findOperation(isOptionsOfFetch(method, path) ? 'POST' : method, path, request),
      exempt: (call, ring) =>
        isOptionsOfFetch(call.request.method, call.request.path) ? ring.home() : policy.exempt(call, ring),
    }),
  },
  {
    id: 'unknown-path-public',
    breaks: 'Without a key an unknown path shows nothing.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        const finished = await policy.finish(answer, call, why);
        const open = call.operation === undefined && why === 'none' && call.request.method !== 'OPTIONS';
        return open ? { ...finished, status: 200, body: { paths: ['/v1/users', '/v1/events'] } } : finished;
      },
    }),
  },
  {
    id: 'unauthorized-after-writing',
    breaks: 'A write without a key leaves no trace.',
    override: (policy) => ({
      exempt: (call, ring) =>
        call.request.authorization.length === 0 ? ring.home() : policy.exempt(call, ring),
      finish: async (answer, call, why) => {
        const done = call.request.authorization.length === 0 && why === undefined;
        if (!done) return policy.finish(answer, call, why);
        const headers = { 'www-authenticate': policy.challenge('none') ?? '' };
        const body = policy.errorBody(401, new Refusal('none'), call);
        return policy.finish({ status: 401, headers, body }, call, 'none');
      },
      statusOf: (why, call) => (call.request.authorization.length === 0 ? 401 : policy.statusOf(why, call)),
    }),
  },
  {
    id: 'data-in-401',
    breaks: 'A rejection contains nothing of what the request would have read.',
    override: (policy) => ({
      exempt: (call, ring) => (readsUnasked(call) ? ring.home() : policy.exempt(call, ring)),
      finish: async (answer, call, why) => {
        if (!readsUnasked(call)) return policy.finish(answer, call, why);
        const headers = { 'www-authenticate': policy.challenge('none') ?? '' };
        return policy.finish({ ...answer, status: 401, headers }, call, 'none');
      },
      statusOf: (why, call) => (readsUnasked(call) ? 401 : policy.statusOf(why, call)),
    }),
  },
  {
    id: 'validation-before-authentication',
    breaks: 'Without a key the body is not validated.',
    override: () => ({ order: ['validate', 'authenticate', 'authorize', 'locate', 'perform'] }),
  },
  {
    id: 'json-parsed-before-authentication',
    breaks: 'Without a key the server does not check if the body is JSON.',
    override: (policy) => ({
      readCredential: async (request, parse): Promise<Credential> => {
        const announced = request.headers['content-type']?.startsWith('application/json') === true;
        if (announced && !isJson(await request.text())) throw new Refusal('invalid', 'invalid JSON');
        return policy.readCredential(request, parse);
      },
    }),
  },
  {
    id: 'header-name-wants-capital',
    breaks: 'The name Authorization is accepted in any case.',
    override: (policy) => ({
      readCredential: (request, parse): Credential | Promise<Credential> =>
        request.rawHeaders.includes('authorization')
          ? { kind: 'none' }
          : policy.readCredential(request, parse),
    }),
  },
  {
    id: 'header-name-case-sensitive',
    breaks: 'The name Authorization is accepted in any case.',
    override: (policy) => ({
      readCredential: (request, parse): Credential | Promise<Credential> =>
        request.rawHeaders.includes('AUTHORIZATION')
          ? { kind: 'none' }
          : policy.readCredential(request, parse),
    }),
  },
  lines('first-line-wins', 'Of two Authorization lines the server picks neither.', ([first]) => first),
  lines('last-line-wins', 'Of two Authorization lines the server picks neither.', (all) => all.at(-1)),
  {
    id: 'lines-in-turn',
    breaks: 'The same two Authorization lines always get the same answer.',
    override: (policy) => {
      let turn = 0;
      return {
        readCredential: (request, parse) => {
          if (request.authorization.length < 2) return policy.readCredential(request, parse);
          turn += 1;
          return parse(request.authorization[turn % request.authorization.length] ?? '');
        },
      };
    },
  },
];

function isOptionsOfFetch(method: string, path: string): boolean {
  return method === 'OPTIONS' && path === '/v1/users/fetch';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function open(id: string, breaks: string, isOpen: (call: Call) => boolean): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      exempt: (call, ring) => (isOpen(call) ? ring.home() : policy.exempt(call, ring)),
    }),
  };
}

function anyone(id: string, breaks: string, isEnough: (value: string) => boolean): Fault {
  return open(id, breaks, ({ request }) => {
    const [value, ...more] = request.authorization;
    return value !== undefined && more.length === 0 && isEnough(value);
  });
}

function lines(id: string, breaks: string, pick: (all: readonly string[]) => string | undefined): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      readCredential: (request, parse) =>
        request.authorization.length < 2
          ? policy.readCredential(request, parse)
          : parse(pick(request.authorization) ?? ''),
    }),
  };
}

function readsUnasked({ operation, request }: Call): boolean {
  return operation?.permission === 'read' && request.authorization.length === 0;
}
