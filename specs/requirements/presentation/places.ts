import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { authentication, rfc } from '../sources.ts';
import { likeBearer } from './anchoring.ts';
import { otherMembers, otherNames } from './names.ts';

const schemes: readonly Row[] = [
  {
    id: 'basic-user',
    title: 'the key is the user name of Basic credentials',
    present: { headers: { Authorization: 'Basic {key|basic-user}' } },
    catches: ['scheme-basic-accepted', 'version-public', 'unauthorized-redirects'],
  },
  {
    id: 'basic-password',
    title: 'the key is the password of Basic credentials',
    present: { headers: { Authorization: 'Basic {key|basic-password}' } },
    catches: ['scheme-basic-accepted'],
  },
  {
    id: 'basic-password-of-user',
    title: 'the key is the password of the user api in Basic credentials',
    present: { headers: { Authorization: 'Basic {key|basic-named}' } },
    catches: ['scheme-basic-accepted', 'basic-password-of-user-accepted'],
  },
  {
    id: 'basic-raw',
    title: 'the key follows the scheme Basic',
    present: { headers: { Authorization: 'Basic {key}' } },
    catches: ['scheme-basic-accepted'],
  },
  {
    id: 'token',
    title: 'the key follows the scheme Token',
    present: { headers: { Authorization: 'Token {key}' } },
    catches: ['scheme-any-accepted'],
  },
  {
    id: 'jwt',
    title: 'the key follows the scheme JWT',
    present: { headers: { Authorization: 'JWT {key}' } },
    catches: ['scheme-any-accepted'],
  },
  {
    id: 'api-key',
    title: 'the key follows the scheme ApiKey',
    present: { headers: { Authorization: 'ApiKey {key}' } },
    catches: ['scheme-any-accepted'],
  },
  {
    id: 'digest',
    title: 'the key follows the scheme Digest',
    present: { headers: { Authorization: 'Digest {key}' } },
    catches: ['scheme-any-accepted'],
  },
  {
    id: 'bearer-like',
    title: 'the key follows a scheme that begins with Bearer',
    present: { headers: { Authorization: 'BearerToken {key}' } },
    catches: ['scheme-any-accepted'],
  },
];

const places: readonly Row[] = [
  {
    id: 'query-access-token',
    title: 'the key is the query parameter access_token',
    present: { query: { access_token: '{key}' } },
    catches: ['key-in-query', 'version-public', 'unauthorized-redirects', 'data-in-401'],
  },
  {
    id: 'query-access-token-hyphen',
    title: 'the key is the query parameter access-token',
    present: { query: { 'access-token': '{key}' } },
    catches: ['key-in-query-of-frameworks'],
  },
  {
    id: 'query-token',
    title: 'the key is the query parameter token',
    present: { query: { token: '{key}' } },
    catches: ['key-in-query'],
  },
  {
    id: 'query-api-key',
    title: 'the key is the query parameter api_key',
    present: { query: { api_key: '{key}' } },
    catches: ['key-in-query'],
  },
  {
    id: 'query-key',
    title: 'the key is the query parameter key',
    present: { query: { key: '{key}' } },
    catches: ['key-in-query'],
  },
  {
    id: 'cookie-token',
    title: 'the key is the cookie token',
    present: { headers: { Cookie: 'token={key}' } },
    catches: ['key-in-cookie'],
  },
  {
    id: 'cookie-access-token',
    title: 'the key is the cookie access_token',
    present: { headers: { Cookie: 'access_token={key}' } },
    catches: ['key-in-cookie'],
  },
  {
    id: 'x-api-key',
    title: 'the key is the header X-API-Key',
    present: { headers: { 'X-API-Key': '{key}' } },
    catches: ['key-in-x-api-key'],
  },
  {
    id: 'x-access-token',
    title: 'the key is the header X-Access-Token',
    present: { headers: { 'X-Access-Token': '{key}' } },
    catches: ['key-in-other-header'],
  },
  {
    id: 'x-auth-token',
    title: 'the key is the header X-Auth-Token',
    present: { headers: { 'X-Auth-Token': '{key}' } },
    catches: ['key-in-other-header'],
  },
  {
    id: 'x-forwarded-authorization',
    title: 'the credential is the header X-Forwarded-Authorization',
    present: { headers: { 'X-Forwarded-Authorization': 'Bearer {key}' } },
    catches: ['key-in-other-header'],
  },
  {
    id: 'proxy-authorization',
    title: 'the credential is the header Proxy-Authorization, which is meant for a proxy',
    present: { headers: { 'Proxy-Authorization': 'Bearer {key}' } },
    catches: ['key-in-proxy-authorization'],
  },
  {
    id: 'websocket-protocol',
    title: 'the key is a protocol of a WebSocket, as browsers send it',
    present: { headers: { 'Sec-WebSocket-Protocol': 'bearer, {key}' } },
    catches: ['key-in-websocket-protocol'],
  },
];

const bodies: readonly Row[] = [
  {
    id: 'form',
    title: 'the key is the form field access_token',
    present: { form: { access_token: '{key}' } },
    catches: ['key-in-form-body', 'validation-before-authentication'],
  },
  {
    id: 'json-access-token',
    title: 'the key is the member access_token of the body',
    present: { json: { access_token: '{key}' } },
    catches: ['key-in-json-body'],
  },
  {
    id: 'json-api-key',
    title: 'the key is the member api_key of the body',
    present: { json: { api_key: '{key}' } },
    catches: ['key-in-json-body'],
  },
];

/** A key counts behind Bearer in the Authorization header and nowhere else. */
export const onlyPlace: readonly Requirement[] = [
  {
    id: 'presentation/bearer-scheme-only',
    level: 'MUST',
    profile: 'core',
    sentence: 'A valid key behind any scheme other than Bearer is rejected with 401.',
    source: authentication('Using Your API Key'),
    advice: 'Compare the scheme with Bearer, ignoring case, before you read what follows it.',
    scenarios: [
      ...each(rejected, [...schemes, ...likeBearer]),
      {
        id: 'no-scheme',
        title: 'the key is in the Authorization header without a scheme',
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
    sentence: 'A valid key that is not in the Authorization header is rejected with 401.',
    source: authentication('Using Your API Key'),
    advice: 'Read the key only from the Authorization header; remove fallbacks to query, body and cookies.',
    explainedBy: ['presentation/refused-before-validation'],
    scenarios: [
      ...each(rejected, [...places, ...otherNames]),
      ...each({ ...rejected, to: 'every operation with a body' }, [...bodies, ...otherMembers]),
    ],
  },
  {
    id: 'presentation/second-place-never-helps',
    level: 'MUST',
    profile: 'core',
    sentence:
      'A bad key in the Authorization header is rejected even if a valid key is somewhere else in the request.',
    source: rfc(6750, '2 Authenticated Requests'),
    advice: 'Decide by the Authorization header only; never try another place after a failure.',
    explainedBy: ['presentation/authorization-header-only'],
    scenarios: [
      {
        id: 'valid-key-in-query',
        title: 'a text that is not a key in the header and the key in the query',
        present: { headers: { Authorization: 'Bearer not-a-key' }, query: { access_token: '{key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: ['query-tried-next', 'bad-signature-forbidden', 'version-public', 'unauthorized-redirects'],
      },
      {
        id: 'valid-key-in-x-api-key',
        title: 'a text that is not a key in the header and the key in X-API-Key',
        present: { headers: { Authorization: 'Bearer not-a-key', 'X-API-Key': '{key}' } },
        to: 'every operation',
        expect: 'unauthorized, 400 tolerated',
        catches: ['x-api-key-tried-next', 'bad-signature-forbidden'],
      },
      {
        id: 'valid-key-in-cookie',
        title: 'a text that is not a key in the header and the key in a cookie',
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
