import type { Exchange, FindingKind, Observation, WireRequest } from '../../../harness/model/index.ts';
import { exchange, jsonResponse, type ResponseFields } from './exchanges.ts';
import { fakeKey } from './keys.ts';

const key = fakeKey();
const [, , signature = ''] = key.split('.');
const plain = { version: '1' };
const type = ['Content-Type', 'application/json'] as const;
const bearer = ['WWW-Authenticate', 'Bearer realm="mufi"'] as const;

const ok = (...headers: (readonly [string, string])[]): Exchange =>
  exchange({ ...jsonResponse(200, plain), headers: [type, ...headers] });
const shown = (status: number, value: unknown): Exchange =>
  exchange({ ...jsonResponse(status, value), headers: status === 401 ? [type, bearer] : [type] });

const request = (...headers: (readonly [string, string])[]): WireRequest => ({
  method: 'GET',
  url: 'http://host/v1/version',
  headers,
});
const withKey = { presented: [key, signature], request: request(['Authorization', `Bearer ${key}`]) };

/** A 401 with a challenge, by default to a request with a key. */
const refused = (
  challenge: string | undefined,
  more: Partial<Omit<Exchange, 'response'>> = withKey,
): Exchange =>
  exchange(
    {
      ...jsonResponse(401, { error: 'unauthorized' }),
      headers: challenge === undefined ? [type] : [type, ['www-authenticate', challenge]],
    },
    more,
  );

const text = (status: number, contentType: string | undefined, body: string): Exchange => {
  const response: ResponseFields = { status, body };
  return exchange(
    contentType === undefined ? response : { ...response, headers: [['content-type', contentType]] },
  );
};

const documented = '200, 400, 401, 403, 404, 422, 429';
const stack = (status: number): string =>
  `the body of ${status} shows a stack trace or a file path of the server`;
const privateKey = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----';
const noJson = (status: number, what: string): string =>
  `the content type of ${status} is ${what}, not application/json`;
const undefinedCode = 'the challenge has error="bad_key", which RFC 6750 does not define';
const uncalled = 'the challenge has error="invalid_token", although the request had no credential';
const wrongGrammar =
  'the challenge does not parse: the value of realm is missing or not closed at position 13';
const cacheable = (value: string): string =>
  `shared caches may store a successful answer: Cache-Control is "${value}"`;
const inviting = (origin: string): string =>
  `CORS allows pages of every origin to send keys: Access-Control-Allow-Origin is "${origin}"`;
const cors = (origin: string, name: string, value: string): Exchange =>
  ok(['access-control-allow-origin', origin], [`Access-Control-Allow-${name}`, value]);

type ExpectedObservation = readonly [what: string, Exchange, Observation, FindingKind, message: string];

const traces: readonly (readonly [string, unknown])[] = [
  ['Node', 'Error: boom\n    at handle (/srv/app/index.js:10:5)\n    at next (node:internal:1:2)'],
  ['Node, asynchronous', 'Error: boom\n    at async Object.handle [as run] (file:///srv/app.ts:3:14)'],
  ['Python', 'Traceback (most recent call last):\n  ...'],
  ['Python, further down', 'KeyError\n  File "/srv/app/views.py", line 12, in get\n    raise'],
  ['Java', 'java.lang.IllegalStateException at com.mufi.api.Keys.check(Keys.java:42)'],
  ['Java, further down', 'java.lang.Error: x\n\tat com.mufi.Keys.check(Keys.java:42)'],
  ['Go', 'panic: boom\n\ngoroutine 17 [running]:'],
];

/** Exchanges with one defect each. */
export const seen: readonly ExpectedObservation[] = [
  [
    'an undocumented status',
    shown(418, {}),
    'documented status',
    'wrong-status',
    `418 is not documented for GET /v1/version; the documented statuses are ${documented}`,
  ],
  [
    'an undocumented success with HTML',
    text(202, 'text/html', '<p>'),
    'documented status',
    'wrong-status',
    `202 is not documented for GET /v1/version; the documented statuses are ${documented}`,
  ],
  [
    'a body that breaks the schema',
    shown(404, ['not found']),
    'body matches schema',
    'bad-body',
    'the body of 404 breaks the documented schema at the top level: must be object',
  ],
  [
    'an empty body',
    text(403, undefined, ''),
    'body matches schema',
    'bad-body',
    'the body of 403 is empty, but a JSON document is documented',
  ],
  [
    'JSON sent as HTML',
    text(403, 'text/html', '{}'),
    'json content type',
    'bad-body',
    noJson(403, '"text/html"'),
  ],
  [
    'JSON sent as nothing',
    text(403, undefined, '{}'),
    'json content type',
    'bad-body',
    noJson(403, 'missing'),
  ],
  [
    'JSON sent as something like JSON',
    text(403, 'application/jsonp', '{}'),
    'json content type',
    'bad-body',
    noJson(403, '"application/jsonp"'),
  ],
  [
    'a 401 without a challenge',
    refused(undefined),
    'challenge present',
    'bad-challenge',
    'a 401 has no WWW-Authenticate challenge',
  ],
  [
    'a challenge that is not closed',
    refused('Bearer realm="mufi'),
    'challenge parses',
    'bad-challenge',
    wrongGrammar,
  ],
  [
    'a challenge for another scheme',
    refused('Basic realm="mufi"'),
    'challenge parses',
    'bad-challenge',
    'no challenge names the scheme Bearer',
  ],
  [
    'an error code that nobody knows',
    refused('Bearer error="bad_key"'),
    'challenge error code',
    'bad-challenge',
    undefinedCode,
  ],
  [
    'an error code where nothing was presented',
    refused('Bearer error="invalid_token"', { request: request(['Accept', '*/*']) }),
    'challenge error code',
    'bad-challenge',
    uncalled,
  ],
  ...[301, 302, 307, 399].map(
    (status): ExpectedObservation => [
      `a redirect with ${status}`,
      text(status, 'text/html', '<p>'),
      'no redirect',
      'redirect',
      `the answer is a redirect (${status})`,
    ],
  ),
  ...[500, 502, 503].map(
    (status): ExpectedObservation => [
      `a failure with ${status}`,
      text(status, 'text/html', '<p>'),
      'no server error',
      'server-error',
      `the server fails with ${status}`,
    ],
  ),
  [
    'the presented key in the body',
    exchange(jsonResponse(200, { ...plain, key }), withKey),
    'key not echoed',
    'leak',
    'the answer repeats the presented key or its signature',
  ],
  [
    'a key of the run that the request did not hold',
    exchange(jsonResponse(200, plain), { otherKey: true }),
    'no other key shown',
    'leak',
    'the answer 200 shows a key of the run that the request did not hold',
  ],
  ...traces.map(
    ([language, trace]): ExpectedObservation => [
      `a stack trace of ${language}, inside JSON,`,
      shown(403, { error: 'x', stack: trace }),
      'no stack trace',
      'leak',
      stack(403),
    ],
  ),
  [
    'a path of installed packages',
    shown(403, { error: 'Cannot find /srv/node_modules/jose/index.js' }),
    'no stack trace',
    'leak',
    stack(403),
  ],
  [
    'the name of an error of a JWT library',
    shown(401, { error: 'JWSSignatureVerificationFailed' }),
    'no library named',
    'leak',
    'the body of 401 names the library that verifies keys: JWSSignatureVerificationFailed',
  ],
  [
    'a private key in PEM',
    shown(200, { ...plain, key: privateKey }),
    'no key material',
    'leak',
    'the body of 200 shows private key material',
  ],
  [
    'a private key in a JWK',
    shown(401, { kty: 'OKP', crv: 'Ed25519', x: 'a', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }),
    'no key material',
    'leak',
    'the body of 401 shows private key material',
  ],
  ...['public', 'max-age=60, Public', 's-maxage=60', 'private, s-maxage="5"'].map(
    (value): ExpectedObservation => [
      `a success with Cache-Control: ${value}`,
      ok(['cache-control', value]),
      'not publicly cacheable',
      'unsafe-header',
      cacheable(value),
    ],
  ),
  [
    'any origin with credentials',
    cors('*', 'Credentials', 'true'),
    'no open cors',
    'unsafe-header',
    inviting('*'),
  ],
  [
    'any origin with Authorization',
    cors('*', 'Headers', 'Content-Type, Authorization'),
    'no open cors',
    'unsafe-header',
    inviting('*'),
  ],
  [
    'the foreign origin repeated',
    cors('https://conformance.invalid', 'Headers', 'authorization'),
    'no open cors',
    'unsafe-header',
    inviting('https://conformance.invalid'),
  ],
];

/** Correct exchanges that look similar to defects. */
export const fine: readonly (readonly [what: string, Exchange])[] = [
  ['a documented answer', ok()],
  ['JSON with a charset', text(200, 'application/json; charset=utf-8', JSON.stringify(plain))],
  ['a problem document', text(403, 'application/problem+json', '{}')],
  ['a challenge without an error code', refused('Bearer realm="mufi"')],
  ['a challenge with an error code for a bad key', refused('Bearer realm="mufi", error="invalid_token"')],
  [
    'an error code for an Authorization value without a key',
    refused('Bearer error="invalid_request"', { request: request(['authorization', 'Bearer']) }),
  ],
  ['Bearer among other challenges', refused('Basic realm="a", bearer realm="b"')],
  ...[408, 413, 414, 429, 431].map((status): [string, Exchange] => [
    `${status} from below the application`,
    text(status, 'text/html', '<p>'),
  ]),
  ['501, which is no failure but an operation that is not implemented', text(501, 'text/html', '<p>')],
  ...[302, 418, 501].map((status): [string, Exchange] => {
    const { operation: _none, ...elsewhere } = text(status, 'text/html', '<p>');
    return [`${status} on a made-up path`, elsewhere];
  }),
  [
    'a body that was cut',
    exchange({ status: 200, headers: [['content-type', 'text/html']], body: '{"versi', bodyCut: true }),
  ],
  ['a time of day after the word at', shown(403, { error: 'refused\n at 10:30:15' })],
  [
    'a public key',
    shown(403, { x: 'a', n: 'b', pem: '-----BEGIN PUBLIC KEY-----\nMCow\n-----END PUBLIC KEY-----' }),
  ],
  ['a short member d', shown(403, { d: 'tomorrow' })],
  ...['no-store', 'private, max-age=60', 's-maxage=0', 'no-cache="publication"'].map(
    (value): [string, Exchange] => [`a success with Cache-Control: ${value}`, ok(['cache-control', value])],
  ),
  [
    'a refusal that caches may keep',
    exchange({ ...jsonResponse(403, {}), headers: [type, ['cache-control', 'public']] }),
  ],
  ['any origin without credentials', cors('*', 'Headers', 'Content-Type')],
  ['one named origin', cors('https://dashboard.example', 'Credentials', 'true')],
];
