import { expect, test } from '@playwright/test';
import { recordExchange, type ShownRequest } from '../../../../harness/engine/evidence/record.ts';
import { createRedactor, type Redactor } from '../../../../harness/engine/evidence/redaction.ts';
import type { Exchange } from '../../../../harness/model/index.ts';
import { leaksIn } from '../../support/cli.ts';
import { exchange } from '../../support/exchanges.ts';
import { fakeKey, leaked, segments } from '../../support/keys.ts';

const mark = '‹redacted›';
const percent = (text: string): string =>
  [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const hex = (text: string): string => Buffer.from(text).toString('hex');
const reversed = (text: string): string => [...text].reverse().join('');

function redactorFor(...secrets: string[]): Redactor {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

const key = fakeKey({ permission: 'write', name: 'Zoë' });
const [header, payload, signature] = segments(key);
const secretPart = `${payload}.${signature}`;
const token = 'c0ntrol-T0ken_with-24-bytes.and/one+more=';
const odd = 'a secret of words, "quoted" & spaced';

test('a key in the standard alphabet, encoded again, leaves nothing that a stricter search finds', () => {
  const leaks = Array.from({ length: 60 }, (_, place) => {
    const changed = [...signature];
    changed[changed.length - 1 - place] = place % 2 === 0 ? '_' : '-';
    const one = `${header}.${payload}.${changed.join('')}`;
    const { redact } = redactorFor(one);
    const spelled = one.replaceAll('-', '+').replaceAll('_', '/');
    const texts = [one, spelled, `${spelled} and more`].map((text) => Buffer.from(text).toString('base64'));
    return leaksIn([['text', redact(texts.join('\n'))]], [one]);
  });
  expect(leaks.flat()).toEqual([]);
});

test('everything in a key except the JOSE header is replaced, wherever it occurs', () => {
  const { redact } = redactorFor(key);
  const without = `${header}.${mark}`;
  for (const [text, expected] of [
    [key, without],
    [`Bearer ${key}`, `Bearer ${without}`],
    [`{"token":"${key}","n":1}`, `{"token":"${without}","n":1}`],
    [`http://host/x?access_token=${key}&y=1`, `http://host/x?access_token=${without}&y=1`],
    [`token=${key}; Path=/`, `token=${without}; Path=/`],
    [`${key}${key}`, `${without}${without}`],
    [`${key}\n${key}`, `${without}\n${without}`],
    [`${payload} ${signature}`, `${mark} ${mark}`],
    [key.replaceAll('.', '%2E'), `${header}%2E${mark}%2E${mark}`],
    [`${header}.${payload}.`, without],
  ] as const) {
    expect(redact(text)).toBe(expected);
  }
  expect(redact(header)).toBe(header);
});

test('any thirteen characters in a row are replaced, and any twelve may stay', () => {
  const { redact } = redactorFor(key);
  const wrong: string[] = [];
  for (let at = 0; at + 13 <= secretPart.length; at += 1) {
    const run = secretPart.slice(at, at + 13);
    if (redact(`<${run}>`) !== `<${mark}>`) wrong.push(`13 at ${at}`);
    const short = run.slice(0, 12);
    if (redact(`<${short}>`) !== `<${short}>`) wrong.push(`12 at ${at}`);
  }
  expect(wrong).toEqual([]);
});

const forms: readonly (readonly [
  what: string,
  spell: (text: string) => string,
  back?: (text: string) => string,
])[] = [
  ['as it is', (text) => text],
  ['in upper case', (text) => text.toUpperCase()],
  ['in lower case', (text) => text.toLowerCase()],
  ['reversed', reversed],
  ['percent-encoded', percent],
  ['percent-encoded in upper case', (text) => percent(text).toUpperCase()],
  ['in hexadecimal', hex],
  ['in hexadecimal in upper case', (text) => hex(text).toUpperCase()],
  ['in the standard alphabet', (text) => text.replaceAll('-', '+').replaceAll('_', '/')],
];

for (const [name, secret] of [
  ['a key', key],
  ['a token', token],
  ['a text', odd],
] as const) {
  for (const [what, spell] of forms) {
    test(`${name} ${what} does not stay`, () => {
      const spelled = spell(secret);
      const secretOnly = spell(name === 'a key' ? secretPart : secret);
      const text = `{"before":"‹","secret":"${spelled}","after":"›"}`;
      const left = redactorFor(secret).redact(text);
      expect(left).toContain(mark);
      expect(leaked(left, secretOnly)).toEqual([]);
      expect([left.slice(0, 24), left.slice(-14)]).toEqual([text.slice(0, 24), text.slice(-14)]);
    });
  }

  for (const alphabet of ['base64', 'base64url'] as const) {
    for (const prefix of ['', 'a', 'ab', 'abc', 'user:', 'conformance:']) {
      test(`${name} does not stay in ${alphabet} behind "${prefix}"`, () => {
        const secretOnly = name === 'a key' ? secretPart : secret;
        const encoded = Buffer.from(`${prefix}${secret}:tail`).toString(alphabet);
        const left = redactorFor(secret).redact(`Basic ${encoded}, x`);
        expect(left).toContain(mark);
        // Decoded at every alignment, the rest contains no part of the secret.
        const readable = left.split(mark).flatMap((piece) => {
          const runs = piece.match(/[\w+/-]+/g) ?? [];
          return runs.flatMap((run) =>
            [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64').toString('latin1')),
          );
        });
        expect(readable.flatMap((text) => leaked(text, Buffer.from(secretOnly).toString('latin1')))).toEqual(
          [],
        );
      });
    }
  }
}

test('a text without a secret is unchanged', () => {
  const { redact } = redactorFor(key, token);
  const other = fakeKey();
  const texts = [
    '',
    'x',
    `Bearer ${other}`,
    header,
    '{"errors":["the key is not valid"],"id":"c0f01234-5678-4000-8000-000000000001"}',
    Buffer.from('something else that is long enough to be looked at').toString('base64'),
    hex('something else that is long enough'),
    'a\u0000b\ud83d\ude00 ‹redacted› $& $1',
  ];
  expect(texts.map(redact)).toEqual(texts);
  expect(texts.map(createRedactor().redact)).toEqual(texts);
});

test('a short secret is replaced as a whole, and a very short one cannot be', () => {
  const twelve = 'abcdefghij-1';
  const { redact } = redactorFor(twelve, 'abc123', 'abc12', '');
  expect(redact(`${twelve} ${twelve.slice(1)} xabc123x abc12 ABC123`)).toBe(
    `${mark} ${twelve.slice(1)} x${mark}x abc12 ABC123`,
  );
  const thirteen = redactorFor('abcdefghij-12').redact;
  expect(thirteen('abcdefghij-12 bcdefghij-12')).toBe(`${mark} bcdefghij-12`);
});

test('a token with dots is a JWT only if its first part is a JOSE header', () => {
  const dotted = 'tenant-secret-one.tenant-secret-two.tenant-secret-three';
  expect(redactorFor(dotted).redact(`<${dotted}>`)).toBe(`<${mark}>`);
  const versioned = 'v1.secret-part-of-it.x';
  expect(redactorFor(versioned).redact(`<${versioned}>`)).toBe(`<${mark}>`);
});

test('several secrets are replaced side by side, and adding one again changes nothing', () => {
  const others = [fakeKey(), fakeKey()];
  const redactor = redactorFor(key, ...others, token);
  redactor.add(key);
  const text = [key, ...others, token].join(' | ');
  const left = redactor.redact(text);
  expect(
    [secretPart, ...others.map((one) => one.slice(header.length + 1)), token].flatMap((one) =>
      leaked(left, one),
    ),
  ).toEqual([]);
  expect(left).toBe([...[key, ...others].map((one) => `${segments(one)[0]}.${mark}`), mark].join(' | '));
});

const url = `http://host/v1/version?access_token=${key}`;
const shown: ShownRequest = {
  request: {
    method: 'POST',
    url: 'http://host/v1/version?access_token=‹write key›',
    headers: [['Authorization', 'Bearer ‹write key›']],
    body: '{"name":"x"}',
  },
  replay: `curl -H "Authorization: Bearer $MUFI_WRITE_KEY" 'http://host/v1/version'`,
};

/** An exchange that contains the key everywhere a target can write it. */
const chatty = (body: string): Exchange => ({
  ...exchange({
    status: 401,
    headers: [
      [`X-${payload}`, `you sent ${key}`],
      ['Location', url],
    ],
    body,
    bodyBytes: 99,
  }),
  presented: [key, payload, signature],
  request: { method: 'POST', url, headers: [['Authorization', `Bearer ${key}`]], body: key },
  startedMs: 1000.1234,
  endedMs: 1002.5678,
});

test('a record holds what is shown and what came back, without the key and in times of the run', () => {
  const record = recordExchange(chatty(`{"key":"${key}"}`), shown, redactorFor(key), 900);
  expect(record).toEqual({
    id: 'x-1',
    operation: 'GET /v1/version',
    variant: 'valid',
    credential: { description: 'write key', variable: 'MUFI_WRITE_KEY' },
    request: shown.request,
    response: {
      status: 401,
      headers: [
        [`X-${mark}`, `you sent ${header}.${mark}`],
        ['Location', `http://host/v1/version?access_token=${header}.${mark}`],
      ],
      body: `{"key":"${header}.${mark}"}`,
      bodyBytes: 99,
    },
    startedMs: 100.12,
    endedMs: 102.57,
    replay: shown.replay,
  });
});

test('a record without an answer contains the reason, and no operation if there was none', () => {
  const { operation: _none, ...silent } = exchange(undefined, {
    failure: { kind: 'timeout', message: 'late' },
  });
  const bare: ShownRequest = { request: { method: 'GET', url: 'http://host/', headers: [] }, replay: 'curl' };
  expect(recordExchange(silent, bare, createRedactor(), 0)).toEqual({
    id: 'x-1',
    variant: 'valid',
    credential: silent.credential,
    request: bare.request,
    failure: { kind: 'timeout', message: 'late' },
    startedMs: 0,
    endedMs: 1,
    replay: 'curl',
  });
});

test('what should have been shown without the key is redacted all the same', () => {
  const careless: ShownRequest = {
    request: {
      method: 'POST',
      url,
      headers: [['Cookie', `t=${key}`]],
      body: key,
      lines: [`A: ${key}\u0000`],
      trailer: `B: ${key}`,
    },
    replay: `curl -H 'Authorization: Bearer ${key}'`,
  };
  const record = recordExchange(chatty(key), careless, redactorFor(key), 0);
  expect(leaked(JSON.stringify(record), secretPart)).toEqual([]);
  expect(record.request).toEqual({
    method: 'POST',
    url: `http://host/v1/version?access_token=${header}.${mark}`,
    headers: [
      ['Cookie', `t=${header}.${mark}`],
      ['(raw line)', `A: ${header}.${mark}\\x00`],
      ['(trailer)', `B: ${header}.${mark}`],
    ],
    body: `${header}.${mark}`,
  });
  expect(record.replay).toBe(`curl -H 'Authorization: Bearer ${header}.${mark}'`);
});

test('a long body is cut at 16 KiB and says so, and a key at the cut is not halved', () => {
  const kept = 16 * 1024;
  const cutOf = (body: string) => recordExchange(chatty(body), shown, redactorFor(key), 0).response!;
  expect(cutOf('x'.repeat(kept)).bodyCut).toBeUndefined();
  const long = cutOf('x'.repeat(kept + 1));
  expect([long.body.length, long.bodyCut]).toEqual([kept, true]);
  for (let before = kept - key.length; before < kept; before += 7) {
    expect(leaked(cutOf(`${'-'.repeat(before)}${key}`).body, secretPart)).toEqual([]);
  }
  for (let before = 2 * kept - key.length; before < 2 * kept; before += 7) {
    const many = key.repeat(Math.ceil(before / key.length)).slice(0, before);
    expect(leaked(cutOf(`${many}${key}`).body, secretPart)).toEqual([]);
  }
});
