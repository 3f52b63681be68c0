import type { ApiRequest, Credential } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { jsonBodyOf } from './json-body.ts';
import { elsewhere } from './places.ts';

type Read = (request: ApiRequest, name: string) => unknown;

const query: Read = (request, name) => request.query.get(name);
const header: Read = (request, name) => request.headers[name];
const json: Read = async (request, name) => (await jsonBodyOf(request))[name];
const form: Read = async (request, name) => new URLSearchParams(await request.text()).get(name);
const cookie: Read = ({ headers }, name) =>
  (headers.cookie ?? '')
    .split(/; */)
    .map((pair) => pair.split('='))
    .find(([given]) => given === name)?.[1];

/** Where products look for a token by default. */
const DEFAULTS: readonly (readonly [id: string, read: Read, names: string])[] = [
  ['key-in-query-of-gateways', query, 'apikey jwt auth_token'],
  ['key-in-query-of-libraries', query, 'bearer bearer_token id_token auth authorization'],
  ['key-in-query-of-products', query, 'subscription-key x-api-key secret api_token'],
  ['key-in-query-of-frameworks', query, 'access-token'],
  ['key-in-cookie-of-frameworks', cookie, 'laravel_token BEARER'],
  ['key-in-cookie-of-libraries', cookie, 'Authorization auth_token jwt'],
  ['key-in-cookie-of-products', cookie, 'access_token_cookie id_token session __Host-token'],
  ['key-in-header-of-gateways', header, 'x-token apikey api-key'],
  ['key-in-header-of-libraries', header, 'x-session-token access-token auth-token token x-auth'],
  [
    'key-in-header-like-authorization',
    header,
    'x-original-authorization x-amz-security-token authentication x-authorization',
  ],
  [
    'key-in-header-of-identity-proxies',
    header,
    'x-amzn-oidc-data x-jwt-assertion x-goog-iap-jwt-assertion cf-access-jwt-assertion',
  ],
  [
    'key-in-header-of-products',
    header,
    'private-token x-id-token x-forwarded-access-token ocp-apim-subscription-key',
  ],
  ['key-in-header-of-frameworks', header, 'jwt x-api-token'],
  ['key-in-header-of-mufi', header, 'x-mufi-key'],
  ['key-in-json-body-of-libraries', json, 'jwt apikey auth_token authorization'],
  ['key-in-form-body-of-libraries', form, 'jwt apikey auth_token authorization'],
];

/** Faults that accept a key in a place where a gateway or library looks by default. */
export const names: readonly Fault[] = [
  ...DEFAULTS.map(([id, read, list]) =>
    elsewhere(id, 'A key under another name is not a key.', async (request) => {
      for (const name of list.split(' ')) {
        const value = await read(request, name);
        if (typeof value === 'string') return value.replace(/^bearer +/i, '');
      }
      return undefined;
    }),
  ),
  triedNext('query-tried-next', (request) => request.query.get('access_token') ?? undefined),
  triedNext('x-api-key-tried-next', ({ headers }) => [headers['x-api-key']].flat()[0]),
];

/** If the Authorization line cannot be verified, tries another place. */
function triedNext(id: string, find: (request: ApiRequest) => string | undefined): Fault {
  return {
    id,
    breaks: 'A bad Authorization header is rejected, even if a key is in another place.',
    override: (policy: Policy) => ({
      readCredential: async (request, parse): Promise<Credential> => {
        const proper = await policy.readCredential(request, parse);
        const token = proper.kind === 'malformed' ? find(request) : undefined;
        return token === undefined ? proper : { kind: 'token', token };
      },
      verify: async (text, ring, call) => {
        const claims = await policy.verify(text, ring, call);
        const next = claims === undefined ? find(call.request) : undefined;
        return next === undefined ? claims : policy.verify(next, ring, call);
      },
    }),
  };
}
