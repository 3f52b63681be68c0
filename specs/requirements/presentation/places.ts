import type { Presentation, Requirement } from '../../../harness/model/index.ts';
import { authentication, rfc } from '../sources.ts';

const schemes: readonly (readonly [string, string, string, ...catches: string[]])[] = [
  [
    'basic-user',
    'Basic {key|basic-user}',
    'the key is the user name of Basic credentials',
    'scheme-basic-accepted',
    'version-public',
    'unauthorized-redirects',
  ],
  [
    'basic-password',
    'Basic {key|basic-password}',
    'the key is the password of Basic credentials',
    'scheme-basic-accepted',
  ],
  ['basic-raw', 'Basic {key}', 'the key stands behind the scheme Basic', 'scheme-basic-accepted'],
  ['token', 'Token {key}', 'the key stands behind the scheme Token', 'scheme-any-accepted'],
  ['jwt', 'JWT {key}', 'the key stands behind the scheme JWT', 'scheme-any-accepted'],
  ['api-key', 'ApiKey {key}', 'the key stands behind the scheme ApiKey', 'scheme-any-accepted'],
  ['digest', 'Digest {key}', 'the key stands behind the scheme Digest', 'scheme-any-accepted'],
  [
    'bearer-like',
    'BearerToken {key}',
    'the key stands behind a scheme that begins with Bearer',
    'scheme-any-accepted',
  ],
];

const places: readonly (readonly [string, Presentation, string, ...catches: string[]])[] = [
  [
    'query-access-token',
    { query: { access_token: '{key}' } },
    'the key is the query parameter access_token',
    'key-in-query',
    'version-public',
    'unauthorized-redirects',
    'data-in-401',
  ],
  ['query-token', { query: { token: '{key}' } }, 'the key is the query parameter token', 'key-in-query'],
  [
    'query-api-key',
    { query: { api_key: '{key}' } },
    'the key is the query parameter api_key',
    'key-in-query',
  ],
  ['query-key', { query: { key: '{key}' } }, 'the key is the query parameter key', 'key-in-query'],
  ['cookie-token', { headers: { Cookie: 'token={key}' } }, 'the key is the cookie token', 'key-in-cookie'],
  [
    'cookie-access-token',
    { headers: { Cookie: 'access_token={key}' } },
    'the key is the cookie access_token',
    'key-in-cookie',
  ],
  ['x-api-key', { headers: { 'X-API-Key': '{key}' } }, 'the key is the header X-API-Key', 'key-in-x-api-key'],
  [
    'x-access-token',
    { headers: { 'X-Access-Token': '{key}' } },
    'the key is the header X-Access-Token',
    'key-in-other-header',
  ],
  [
    'x-auth-token',
    { headers: { 'X-Auth-Token': '{key}' } },
    'the key is the header X-Auth-Token',
    'key-in-other-header',
  ],
  [
    'x-forwarded-authorization',
    { headers: { 'X-Forwarded-Authorization': 'Bearer {key}' } },
    'the credential is the header X-Forwarded-Authorization',
    'key-in-other-header',
  ],
  [
    'proxy-authorization',
    { headers: { 'Proxy-Authorization': 'Bearer {key}' } },
    'the credential is the header Proxy-Authorization, which is meant for a proxy',
    'key-in-proxy-authorization',
  ],
];

const bodies: readonly (readonly [string, Presentation, string, ...catches: string[]])[] = [
  [
    'form',
    { form: { access_token: '{key}' } },
    'the key is the form field access_token',
    'key-in-form-body',
    'validation-before-authentication',
  ],
  [
    'json-access-token',
    { json: { access_token: '{key}' } },
    'the key is the member access_token of the body',
    'key-in-json-body',
  ],
  [
    'json-api-key',
    { json: { api_key: '{key}' } },
    'the key is the member api_key of the body',
    'key-in-json-body',
  ],
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
      ...schemes.map(([id, value, title, ...catches]) => ({
        id,
        title,
        present: { headers: { Authorization: value } },
        to: 'every operation' as const,
        expect: 'unauthorized' as const,
        catches,
      })),
      {
        id: 'no-scheme',
        title: 'the key stands in the Authorization header without a scheme',
        present: { headers: { Authorization: '{key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: ['scheme-optional'],
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
    explainedBy: ['presentation/refused-before-validation'],
    scenarios: [
      ...places.map(([id, present, title, ...catches]) => ({
        id,
        title,
        present,
        to: 'every operation' as const,
        expect: 'unauthorized' as const,
        catches,
      })),
      ...bodies.map(([id, present, title, ...catches]) => ({
        id,
        title,
        present,
        to: 'every operation with a body' as const,
        expect: 'unauthorized' as const,
        catches,
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
    explainedBy: ['presentation/authorization-header-only'],
    scenarios: [
      {
        id: 'valid-key-in-query',
        title: 'a text that is no key in the header and the key in the query',
        present: { headers: { Authorization: 'Bearer not-a-key' }, query: { access_token: '{key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: ['bad-signature-forbidden', 'version-public', 'unauthorized-redirects'],
      },
      {
        id: 'valid-key-in-x-api-key',
        title: 'a text that is no key in the header and the key in X-API-Key',
        present: { headers: { Authorization: 'Bearer not-a-key', 'X-API-Key': '{key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: ['bad-signature-forbidden'],
      },
      {
        id: 'valid-key-in-cookie',
        title: 'a text that is no key in the header and the key in a cookie',
        present: { headers: { Authorization: 'Bearer not-a-key', Cookie: 'access_token={key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: ['cookie-tried-next'],
      },
      {
        id: 'basic-and-cookie',
        title: 'Basic credentials of somebody in the header and the key in a cookie',
        present: { headers: { Authorization: 'Basic c29tZTpib2R5', Cookie: 'token={key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: ['cookie-tried-next'],
      },
    ],
  },
];
