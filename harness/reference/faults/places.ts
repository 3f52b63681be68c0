import type { ApiRequest, Credential } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';

const NAMES = ['access_token', 'api_key', 'apiKey', 'api-key', 'key', 'token'];

/** Faults that accept a key in a wrong place. */
export const places: readonly Fault[] = [
  elsewhere('key-in-query', 'A key in the query is not a key.', (request) => pick(request.query)),
  elsewhere('key-in-x-api-key', 'A key in X-Api-Key is not a key.', (request) =>
    header(request, 'x-api-key'),
  ),
  elsewhere('key-in-other-header', 'A key in another header is not a key.', (request) =>
    ['x-access-token', 'x-auth-token', 'x-forwarded-authorization']
      .map((name) => header(request, name))
      .find((value) => value !== undefined),
  ),
  elsewhere('key-in-proxy-authorization', 'Proxy-Authorization is for the proxy.', (request) =>
    header(request, 'proxy-authorization'),
  ),
  elsewhere(
    'key-in-websocket-protocol',
    'A key among the protocols of a WebSocket is not a key.',
    ({ headers }) => /^bearer, *(\S+)$/i.exec(headers['sec-websocket-protocol'] ?? '')?.[1],
  ),
  elsewhere(
    'key-in-cookie',
    'A key in a cookie is not a key.',
    ({ headers }) => /(?:^|; *)(?:access_)?token=([^;]+)/.exec(headers.cookie ?? '')?.[1],
  ),
  {
    id: 'cookie-tried-next',
    breaks: 'A bad Authorization header is rejected, even if a cookie has a key.',
    override: (policy) => ({
      readCredential: async (request, parse) => {
        const proper = await policy.readCredential(request, parse);
        const token = proper.kind === 'malformed' ? fromCookie(request) : undefined;
        return token === undefined ? proper : { kind: 'token', token };
      },
      verify: async (text, ring, call) => {
        const claims = await policy.verify(text, ring, call);
        const next = claims === undefined ? fromCookie(call.request) : undefined;
        return next === undefined ? claims : policy.verify(next, ring, call);
      },
    }),
  },
  elsewhere('key-in-json-body', 'A key in the JSON body is not a key.', async (request) => {
    const body = await jsonBodyOf(request);
    return NAMES.map((name) => body[name]).find((value) => typeof value === 'string');
  }),
  elsewhere('key-in-form-body', 'A key in a form is not a key.', async (request) =>
    pick(new URLSearchParams(await request.text())),
  ),
  elsewhere('key-in-trailer', 'Authorization is not a trailer field.', async (request) =>
    bare((await request.trailers()).authorization),
  ),
];

type Find = (request: ApiRequest) => string | undefined | Promise<string | undefined>;

/** A fault that looks for the key in another place if there is no Authorization line. */
export function elsewhere(id: string, breaks: string, find: Find): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      readCredential: async (request, parse): Promise<Credential> => {
        const proper = await policy.readCredential(request, parse);
        if (proper.kind !== 'none') return proper;
        const token = await find(request);
        return token === undefined || token === '' ? proper : { kind: 'token', token };
      },
    }),
  };
}

function fromCookie(request: ApiRequest): string | undefined {
  return /=(ey[\w-]+\.[\w-]+\.[\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
}

function pick(values: URLSearchParams): string | undefined {
  return NAMES.map((name) => values.get(name)).find((value) => value !== null) ?? undefined;
}

function header(request: ApiRequest, name: string): string | undefined {
  const value = request.headers[name];
  return bare(Array.isArray(value) ? value[0] : value);
}

function bare(value: string | undefined): string | undefined {
  return value?.replace(/^bearer +/i, '');
}
