import { expect, test } from '@playwright/test';
import { bundledDocument } from '../../../../harness/engine/configuration/operations.ts';
import { createObserver } from '../../../../harness/engine/session/observer.ts';
import { parseChallenges } from '../../../../harness/engine/verdict/observations/challenge.ts';
import { observeContract } from '../../../../harness/engine/verdict/observations/contract.ts';
import { observeHygiene } from '../../../../harness/engine/verdict/observations/hygiene.ts';
import { bodyValidator } from '../../../../harness/engine/verdict/observations/schemas.ts';
import { observeTransport } from '../../../../harness/engine/verdict/observations/transport.ts';
import type { Exchange, Observation } from '../../../../harness/model/index.ts';
import { catalogue } from '../../../requirements/index.ts';
import { brokenChallenges, validChallenges } from '../../support/challenges.ts';
import { exchange, jsonResponse, operationsById, type ResponseFields } from '../../support/exchanges.ts';
import { fakeKey, segments } from '../../support/keys.ts';
import { fine, seen } from '../../support/observed.ts';
import { routed } from '../../support/overriding.ts';
import { leading, staying } from '../../support/redirected.ts';
import { wordsOf } from '../../support/vocabulary.ts';

for (const [value, expected] of validChallenges) {
  test(`the challenge ${value} is read`, () => {
    const found = parseChallenges(value).map(({ scheme, token68, parameters }) => [
      scheme,
      token68 ?? Object.fromEntries(parameters),
    ]);
    expect(found).toEqual(expected);
  });
}

for (const [value, sentence] of brokenChallenges) {
  test(`the challenge ${JSON.stringify(value)} breaks the grammar`, () => {
    expect(() => parseChallenges(value)).toThrow(new Error(sentence));
  });
}

const validate = bodyValidator(bundledDocument);
const version = operationsById.get('GET /v1/version')!;

/** All observations in an exchange, with the bundled document. */
const observed = (one: Exchange) => [
  ...observeContract(
    one,
    one.operation === undefined ? undefined : operationsById.get(one.operation),
    validate,
  ),
  ...observeHygiene(one),
  ...observeTransport(one),
];

test('every observation is made somewhere below', () => {
  const words = wordsOf('catalogue', 'Observation');
  expect([...new Set([...seen, ...leading].map(([, , observation]) => observation))].sort()).toEqual(
    [...words].sort(),
  );
});

for (const [what, made, observation, kind, message] of [...seen, ...leading]) {
  test(`${what} is seen as nothing but "${observation}"`, () => {
    const status = String(made.response?.status);
    const saysMore = kind !== 'redirect' && kind !== 'server-error';
    const tells = saysMore || observation === 'no way to plain HTTP' ? {} : { tells: status };
    expect(observed(made)).toEqual([{ observation, kind, message, ...tells }]);
  });
}

for (const [what, made] of [...fine, ...staying, ...routed]) {
  test(`${what} is fine`, () => {
    expect(observed(made)).toEqual([]);
  });
}

test('an exchange without an answer shows nothing', () => {
  const silent = exchange(undefined, { failure: { kind: 'timeout', message: 'late' } });
  expect(observed(silent)).toEqual([]);
});

const body = (value: unknown): string => JSON.stringify(value);
for (const [what, status, text, expected] of [
  ['a documented body', 200, body({ version: '1' }), undefined],
  ['more than is documented', 200, body({ version: '1', more: [1] }), undefined],
  ['an error with details', 403, body({ error: 'forbidden', code: 7 }), undefined],
  ['no body', 200, '', 'is empty, but a JSON document is documented'],
  ['half a body', 200, '{"canary":', 'is not JSON'],
  ['HTML', 401, '<html>canary</html>', 'is not JSON'],
  ['a list', 401, '["canary"]', 'breaks the documented schema at the top level: must be object'],
  ['a status without a schema', 500, '<html>', undefined],
] as const) {
  test(`${what} at ${status} ${expected === undefined ? 'keeps' : 'breaks'} the document`, () => {
    expect(validate('GET /v1/version', status, text)).toBe(expected);
  });
}

test('what breaks a schema is named by its place and never by its value', () => {
  const told = (operation: string, status: number, value: unknown): string | undefined =>
    validate(operation, status, body(value));
  expect(told('POST /v1/users/fetch', 200, { users: 'canary', total: 1 })).toBe(
    'breaks the documented schema at /users: must be array',
  );
  expect(told('POST /v1/users/profile', 200, { id: 5 })).toMatch(/^breaks the documented schema at /);
  expect(told('GET /v9/unknown', 200, 'canary')).toBeUndefined();
  const all = bundledDocument.operations.flatMap(({ id, success }) =>
    [success[0]!, 400, 401, 403, 404, 422].map(
      (status) => told(id, status, ['canary', { canary: 'canary' }]) ?? '',
    ),
  );
  expect(all.filter((sentence) => sentence.includes('canary'))).toEqual([]);
  expect(all.filter((sentence) => sentence !== '').length).toBeGreaterThan(80);
});

test('a whole key, its payload and its signature are echoes, in any usual spelling, and short pieces are not', () => {
  const key = fakeKey();
  const [, payload, signature] = segments(key);
  const presented = [key, payload, signature];
  const echo = (response: ResponseFields, pieces: readonly string[] = presented): Observation[] =>
    observeHygiene(exchange(response, { presented: pieces })).map(({ observation }) => observation);
  const encoded = (text: string): string[] => [
    text,
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
    Buffer.from(text).toString('base64url'),
  ];
  for (const text of presented.flatMap(encoded)) {
    expect(echo({ status: 401, body: `{"token":"${text}"}` })).toEqual(['key not echoed']);
    expect(echo({ headers: [['X-Debug', `got ${text}.`]] })).toEqual(['key not echoed']);
  }
  const odd = 'a secret/of+many=signs';
  for (const text of encoded(odd)) expect(echo({ body: text }, [odd])).toEqual(['key not echoed']);
  expect(echo({ body: `${segments(key)[0]} ${payload.slice(1)} ${signature.slice(0, -1)}` })).toEqual([]);
  expect(echo({ body: 'short-piece-123' }, ['short-piece-123', ''])).toEqual([]);
  expect(echo({ body: 'short-piece-1234' }, ['short-piece-1234'])).toEqual(['key not echoed']);
  expect(echo({ body: key }, [])).toEqual([]);
});

test('an answer that quotes the address of the request shows a key in it to the one who sent it: a warning', () => {
  const key = fakeKey();
  const levels = (said: (target: string) => string, query = `?a=1&token=${key}`): unknown[] => {
    const request = { method: 'GET', url: `http://host/v1/version${query}`, headers: [] };
    const answer = { status: 401, body: said(`/v1/version${query}`) };
    return observeHygiene(exchange(answer, { presented: segments(key), request })).map(({ level }) => level);
  };
  for (const quoted of [
    (target: string) => `no ${target} here`,
    (target: string) => `{"instance":${JSON.stringify(`http://host${target}`)}}`,
    (target: string) => `<p>Cannot GET ${target.replaceAll('&', '&amp;')}</p>`,
    (target: string) => `realm=${encodeURIComponent(target)}`,
    (target: string) => `{"path":"${target.replaceAll('&', '\\u0026')}"}`,
  ]) {
    expect(levels(quoted)).toEqual(['SHOULD']);
  }
  expect(levels((target) => decodeURIComponent(target), `?a=%20&token=${key}`)).toEqual(['SHOULD']);
  // A server that shows the key from the address has read it there.
  expect(levels(() => `{"token":"${key}"}`)).toEqual([undefined]);
  expect(levels((target) => `${target} ${key}`)).toEqual([undefined]);
  expect(levels(() => `/v1/version ${key}`, '')).toEqual([undefined]);
});

test('the observer tells the requirement that watches, once, with operation and exchange', () => {
  const observe = createObserver(catalogue, [version], validate);
  const wrong = exchange({ status: 502, headers: [], body: '\n    at handle (/srv/app.js:1:2)' });
  const failing = {
    kind: 'server-error',
    requirement: 'contract/no-server-error',
    message: 'the server fails with 502',
    tells: '502',
    exchange: 'x-1',
    operation: 'GET /v1/version',
  };
  const trace = {
    kind: 'leak',
    requirement: 'hygiene/no-stack-trace',
    message: 'the body of 502 shows a stack trace or a file path of the server',
    exchange: 'x-1',
    operation: 'GET /v1/version',
  };
  expect(observe(wrong, false)).toEqual([failing, trace]);
  expect(observe(wrong, true)).toEqual([trace]);
  const { operation: _none, ...elsewhere } = wrong;
  expect(observe(elsewhere, false)).toEqual([
    { ...failing, operation: 'GET elsewhere' },
    { ...trace, operation: 'GET elsewhere' },
  ]);
  expect(createObserver([], [version], validate)(wrong, false)).toEqual([]);
  expect(observe(exchange(jsonResponse(200, { version: '1' })), false)).toEqual([]);
});
