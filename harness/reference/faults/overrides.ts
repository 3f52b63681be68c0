import { matchOperation } from '../document.ts';
import type { ApiRequest } from '../model.ts';
import type { Policy } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';
import { formOf, isForm } from './form-body.ts';
import { jsonBodyOf } from './json-body.ts';

type Match = ReturnType<typeof matchOperation>;

/** What a read key may send without a further check, and what turns it into a write. */
const harmless = {
  get: ({ sentMethod }: ApiRequest): boolean => sentMethod === 'GET',
  post: ({ sentMethod, path }: ApiRequest): boolean =>
    sentMethod === 'POST' && matchOperation('PUT', path) !== undefined,
} as const;

type SentMethod = keyof typeof harmless;

const header =
  (name: string) =>
  ({ headers }: ApiRequest): string | undefined => {
    const value = headers[name];
    return typeof value === 'string' ? value : undefined;
  };
const parameter = ({ query }: ApiRequest): string | undefined => query.get('_method') ?? undefined;

/**
 * Faults of servers that check the permission of the method that was sent, and run the method that the request names
 * elsewhere.
 */
export const overrides: readonly Fault[] = [
  named('get', 'http-method-override', header('x-http-method-override')),
  named('get', 'http-method', header('x-http-method')),
  named('get', 'method-override', header('x-method-override')),
  named('get', 'forwarded-method', header('x-forwarded-method')),
  named('get', 'original-method', header('x-original-method')),
  named('get', 'method-parameter', parameter),
  named('post', 'http-method-override', header('x-http-method-override')),
  named('post', 'method-parameter', parameter),
  inBody('get', 'json', memberOf),
  inBody('post', 'json', memberOf),
  inBody('get', 'form', fieldOf),
  inBody('post', 'form', fieldOf),
  rewritten('original-url', 'x-original-url'),
  rewritten('rewrite-url', 'x-rewrite-url'),
  rewritten('forwarded-uri', 'x-forwarded-uri'),
  rewritten('original-uri', 'x-original-uri'),
];

function named(sent: SentMethod, where: string, meant: (request: ApiRequest) => string | undefined): Fault {
  const isMeant = (request: ApiRequest): boolean => harmless[sent](request) && meant(request) !== undefined;
  return {
    id: `${sent}-with-${where}`,
    breaks: `The server checks the permission of the method that it runs: ${sent} with ${where.replaceAll('-', ' ')}.`,
    override: (policy) => ({
      findOperation: (method, path, request) =>
        policy.findOperation((isMeant(request) ? meant(request) : undefined) ?? method, path, request),
      mayCall: async (permission, operation, request) =>
        isMeant(request) || policy.mayCall(permission, operation, request),
    }),
  };
}

async function memberOf(request: ApiRequest): Promise<string | undefined> {
  const { _method: method } = await jsonBodyOf(request);
  return typeof method === 'string' ? method : undefined;
}

async function fieldOf(request: ApiRequest): Promise<string | undefined> {
  return isForm(request)
    ? (new URLSearchParams(await request.text()).get('_method') ?? undefined)
    : undefined;
}

/** The body is read after routing, so the path alone decides the route at first. */
function inBody(
  sent: SentMethod,
  where: 'json' | 'form',
  meant: (request: ApiRequest) => Promise<string | undefined>,
): Fault {
  const routed = (method: string, path: string, request: ApiRequest, policy: Policy): Match =>
    policy.findOperation(method, path, request) ??
    (harmless[sent](request) ? (matchOperation('PUT', path) ?? matchOperation('POST', path)) : undefined);
  return {
    id: `${sent}-with-method-in-${where}`,
    breaks: `The server checks the permission of the method that it runs: ${sent} with a method in the ${where}.`,
    override: (policy) => ({
      findOperation: (method, path, request) => routed(method, path, request, policy),
      exempt: async (call, ring) => {
        if (where === 'form' && isForm(call.request)) call.body = await formOf(call);
        return policy.exempt(call, ring);
      },
      mayCall: async (permission, operation, request) => {
        if (request.method === operation.method) return policy.mayCall(permission, operation, request);
        if ((await meant(request)) !== operation.method) throw new Refusal('missing');
        return true;
      },
    }),
  };
}

/** A gate that checks the path of the request before a header replaces the path. */
function rewritten(id: string, name: string): Fault {
  const find = header(name);
  const isRead = ({ method, path }: ApiRequest): boolean =>
    matchOperation(method, path)?.operation.permission === 'read';
  return {
    id: `read-with-${id}`,
    breaks: `The server checks the permission of the path that it serves: ${id.replaceAll('-', ' ')}.`,
    override: (policy) => ({
      findOperation: (method, path, request) =>
        policy.findOperation(method, isRead(request) ? (find(request) ?? path) : path, request),
      mayCall: async (permission, operation, request) =>
        (isRead(request) && find(request) !== undefined) || policy.mayCall(permission, operation, request),
    }),
  };
}
