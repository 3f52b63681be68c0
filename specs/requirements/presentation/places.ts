import type { Presentation, Requirement } from '../../../harness/model.ts';
import { authentication, rfc } from '../sources.ts';

const schemes: readonly (readonly [string, string, string])[] = [
  ['basic-user', 'Basic {key|basic-user}', 'the key is the user name of Basic credentials'],
  ['basic-password', 'Basic {key|basic-password}', 'the key is the password of Basic credentials'],
  ['basic-raw', 'Basic {key}', 'the key stands behind the scheme Basic'],
  ['token', 'Token {key}', 'the key stands behind the scheme Token'],
  ['jwt', 'JWT {key}', 'the key stands behind the scheme JWT'],
  ['api-key', 'ApiKey {key}', 'the key stands behind the scheme ApiKey'],
  ['digest', 'Digest {key}', 'the key stands behind the scheme Digest'],
  ['bearer-like', 'BearerToken {key}', 'the key stands behind a scheme that begins with Bearer'],
];

const places: readonly (readonly [string, Presentation, string])[] = [
  ['query-access-token', { query: { access_token: '{key}' } }, 'the key is the query parameter access_token'],
  ['query-token', { query: { token: '{key}' } }, 'the key is the query parameter token'],
  ['query-api-key', { query: { api_key: '{key}' } }, 'the key is the query parameter api_key'],
  ['query-key', { query: { key: '{key}' } }, 'the key is the query parameter key'],
  ['cookie-token', { headers: { Cookie: 'token={key}' } }, 'the key is the cookie token'],
  [
    'cookie-access-token',
    { headers: { Cookie: 'access_token={key}' } },
    'the key is the cookie access_token',
  ],
  ['x-api-key', { headers: { 'X-API-Key': '{key}' } }, 'the key is the header X-API-Key'],
  ['x-access-token', { headers: { 'X-Access-Token': '{key}' } }, 'the key is the header X-Access-Token'],
  ['x-auth-token', { headers: { 'X-Auth-Token': '{key}' } }, 'the key is the header X-Auth-Token'],
  [
    'x-forwarded-authorization',
    { headers: { 'X-Forwarded-Authorization': 'Bearer {key}' } },
    'the credential is the header X-Forwarded-Authorization',
  ],
  [
    'proxy-authorization',
    { headers: { 'Proxy-Authorization': 'Bearer {key}' } },
    'the credential is the header Proxy-Authorization, which is meant for a proxy',
  ],
];

const bodies: readonly (readonly [string, Presentation, string])[] = [
  ['form', { form: { access_token: '{key}' } }, 'the key is the form field access_token'],
  [
    'json-access-token',
    { json: { access_token: '{key}' } },
    'the key is the member access_token of the body',
  ],
  ['json-api-key', { json: { api_key: '{key}' } }, 'the key is the member api_key of the body'],
];

/** A key counts behind Bearer in the Authorization header and nowhere else. */
export const onlyPlace: readonly Requirement[] = [
  {
    id: 'presentation/bearer-scheme-only',
    level: 'MUST',
    profile: 'core',
    sentence: 'A valid key behind any scheme other than Bearer is rejected with 401.',
    source: authentication('Using Your API Key'),
    advice: 'Compare the scheme with Bearer, ignoring case, before reading what follows it.',
    scenarios: [
      ...schemes.map(([id, value, title]) => ({
        id,
        title,
        present: { headers: { Authorization: value } },
        to: 'every operation' as const,
        expect: 'unauthorized' as const,
        catches: [],
      })),
      {
        id: 'no-scheme',
        title: 'the key stands in the Authorization header without a scheme',
        present: { headers: { Authorization: '{key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: [],
      },
    ],
  },
  {
    id: 'presentation/authorization-header-only',
    level: 'MUST',
    profile: 'core',
    sentence: 'A valid key anywhere but in the Authorization header is rejected with 401.',
    source: authentication('Using Your API Key'),
    advice: 'Read the key from the Authorization header alone; drop fallbacks to queries, bodies, cookies.',
    scenarios: [
      ...places.map(([id, present, title]) => ({
        id,
        title,
        present,
        to: 'every operation' as const,
        expect: 'unauthorized' as const,
        catches: [],
      })),
      ...bodies.map(([id, present, title]) => ({
        id,
        title,
        present,
        to: 'every operation with a body' as const,
        expect: 'unauthorized' as const,
        catches: [],
      })),
    ],
  },
  {
    id: 'presentation/second-place-never-helps',
    level: 'MUST',
    profile: 'core',
    sentence: 'A bad key in the Authorization header is rejected even where a valid key stands elsewhere.',
    source: rfc(6750, '2 Authenticated Requests'),
    advice: 'Decide on the Authorization header; never try the next place after a failure.',
    scenarios: [
      {
        id: 'valid-key-in-query',
        title: 'a text that is no key in the header and the key in the query',
        present: { headers: { Authorization: 'Bearer not-a-key' }, query: { access_token: '{key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: [],
      },
      {
        id: 'valid-key-in-x-api-key',
        title: 'a text that is no key in the header and the key in X-API-Key',
        present: { headers: { Authorization: 'Bearer not-a-key', 'X-API-Key': '{key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: [],
      },
    ],
  },
];
