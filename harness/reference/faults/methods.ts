import { matchOperation } from '../document.ts';
import type { ApiRequest, Call } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';
import { unchecked as unlessPermitted } from './unchecked.ts';

const METHODS = ['POST', 'PUT', 'GET'] as const;

/** The method that a server uses for a method it does not know. */
const STRANGE = 'REPORT';

type Match = ReturnType<typeof matchOperation>;

/** The operation of a path, whatever its method. */
function anyOn(path: string): Match {
  for (const method of METHODS) {
    const found = matchOperation(method, path);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Faults of servers that run a handler for a method that nobody checked. */
export const methods: readonly Fault[] = [
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'TRACE', 'PROPFIND'].map((method) =>
    keyless(method.toLowerCase(), method),
  ),
  { ...keyless('unknown', STRANGE), front: respoken },
  ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) =>
    unchecked(method.toLowerCase(), method),
  ),
  { ...unchecked('unknown', STRANGE), front: respoken },
  ...['OPTIONS', 'GET'].map(overridden),
  {
    id: 'lower-case-method-public',
    breaks: 'A method in lower case needs a key too.',
    front: inCapitals,
    override: (policy) => ({
      exempt: (call, ring) =>
        call.request.authorization.length === 0 && wasLowerCase(call.request)
          ? ring.home()
          : policy.exempt(call, ring),
    }),
  },
  {
    ...unlessPermitted(
      'lower-case-method-unchecked',
      'A method in lower case needs the permission too.',
      wasLowerCase,
    ),
    front: inCapitals,
  },
  deleting('read-key-deletes', 'A read key cannot delete.', ({ caller }) => caller?.permission === 'read'),
  deleting(
    'anybody-deletes',
    'Nothing can be deleted without a key.',
    (call) => call.request.authorization.length === 0,
  ),
  {
    id: 'trace-echoes',
    breaks: 'The answer to TRACE does not repeat the key.',
    override: (policy) => ({
      finish: async (answer, call, why) => {
        if (call.request.sentMethod !== 'TRACE') return policy.finish(answer, call, why);
        const lines = call.request.authorization.map((value) => `Authorization: ${value}`);
        const headers = { 'content-type': 'message/http' };
        return policy.finish({ status: 200, headers, body: ['TRACE', ...lines].join('\r\n') }, call);
      },
    }),
  },
];

/** A router that ignores the case of a method, behind a gate that does not. */
function inCapitals(head: string): string {
  return head.replace(
    /^([a-z]+)( [^\r\n]*\r\n)/,
    (_, method: string, rest: string) => `${method.toUpperCase()}${rest}X-Lower-Case: yes\r\n`,
  );
}

function wasLowerCase({ headers }: ApiRequest): boolean {
  return headers['x-lower-case'] === 'yes';
}

function respoken(head: string): string {
  return head.replace(/^CONFORMANCE /, `${STRANGE} `);
}

/** True if the request names its method in another place: other faults are about that. */
const isOther = ({ sentMethod, path, headers, query }: ApiRequest, method: string): boolean =>
  sentMethod === method &&
  matchOperation(method === 'HEAD' ? 'GET' : method, path) === undefined &&
  !query.has('_method') &&
  !Object.keys(headers).some((name) => /^x-(http-)?method/.test(name));

function keyless(name: string, method: string): Fault {
  return {
    id: `method-${name}-public`,
    breaks: `A path needs a key for ${name} too.`,
    override: (policy) => ({
      findOperation: (asked, path, request) =>
        isOther(request, method) ? anyOn(path) : policy.findOperation(asked, path, request),
      exempt: (call, ring) =>
        call.request.authorization.length === 0 && isOther(call.request, method)
          ? ring.home()
          : policy.exempt(call, ring),
    }),
  };
}

function unchecked(name: string, method: string): Fault {
  return {
    id: `method-${name}-unchecked`,
    breaks: `The permission is needed for ${name} too.`,
    override: (policy) => ({
      findOperation: (asked, path, request) =>
        isOther(request, method) && request.authorization.length > 0
          ? anyOn(path)
          : policy.findOperation(asked, path, request),
      mayCall: async (permission, operation, request) =>
        (isOther(request, method) && !('_method' in (await jsonBodyOf(request)))) ||
        policy.mayCall(permission, operation, request),
    }),
  };
}

/** A gate that lets a method through. The server behind it then applies the override. */
function overridden(sent: string): Fault {
  const meant = ({ sentMethod, authorization, headers }: ApiRequest): string | undefined => {
    const name = headers['x-http-method-override'];
    return sentMethod === sent && authorization.length === 0 && typeof name === 'string' ? name : undefined;
  };
  return {
    id: `method-${sent.toLowerCase()}-overridden-public`,
    breaks: `A method override in a header needs a key, sent as ${sent}.`,
    override: (policy) => ({
      findOperation: (method, path, request) => policy.findOperation(meant(request) ?? method, path, request),
      exempt: (call, ring) => (meant(call.request) === undefined ? policy.exempt(call, ring) : ring.home()),
    }),
  };
}

/** Deletes on a method that is not documented. */
export function deleting(id: string, breaks: string, isEnough: (call: Call) => boolean): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => {
      const gone = new Set<string>();
      return {
        finish: async (answer, call, why) => {
          const [, thing] = /^\/v1\/(?:events|products)\/([0-9a-f-]{36})$/.exec(call.request.path) ?? [];
          if (call.request.method === 'DELETE' && thing !== undefined && isEnough(call)) {
            gone.add(thing);
            const body = { error: 'not_found', message: 'There is no such thing in this project.' };
            return policy.finish({ status: 404, headers: {}, body }, call, 'missing');
          }
          return policy.finish(answer, call, why);
        },
        sees: (object, project, via) =>
          !('id' in object && typeof object.id === 'string' && gone.has(object.id)) &&
          policy.sees(object, project, via),
      };
    },
  };
}
