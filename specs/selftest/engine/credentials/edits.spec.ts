import { expect, test } from '@playwright/test';
import { forge } from '../../../../harness/engine/credentials/forge.ts';
import { isCompactJwt, parseKey } from '../../../../harness/engine/credentials/parsed-key.ts';
import {
  applyFilter,
  fillWith,
  present,
  templateFilters,
} from '../../../../harness/engine/credentials/present.ts';
import type { Forgery, Key, Presentation } from '../../../../harness/model/index.ts';
import { createForger, type Forger, why, writeClaims } from '../../support/forging.ts';
import { decoded, fakeKey, leaked, segments } from '../../support/keys.ts';

test.describe.configure({ mode: 'default' });

const header = { alg: 'EdDSA', kid: 'kid-eddsa', typ: 'JWT' };
let forger: Forger;

test.beforeAll(async () => {
  forger = await createForger('EdDSA');
});

const text = (segment: string): string => Buffer.from(segment, 'base64url').toString('utf8');

for (const [what, edit, expected] of [
  ['adds and replaces members', { set: { alg: 'none', x: 1 } }, { ...header, alg: 'none', x: 1 }],
  ['leaves members out', { without: ['kid', 'typ'] }, { alg: 'EdDSA' }],
  ['leaves out and adds', { without: ['alg'], set: { alg: [] } }, { ...header, alg: [] }],
  ['names the key id', { set: { y: '$kid' } }, { ...header, y: 'kid-eddsa' }],
  ['names the algorithm', { set: { y: '$alg' } }, { ...header, y: 'EdDSA' }],
  ['keeps a dollar that means nothing', { set: { y: '$HOME' } }, { ...header, y: '$HOME' }],
] as const) {
  test(`a header edit ${what} and keeps the rest`, async () => {
    const [edited, payload, signature] = segments(
      await forger.made({ header: edit as Forgery['header'] & {} }),
    );
    expect(decoded(edited)).toEqual(expected);
    expect([payload, signature]).toEqual(forger.original.slice(1));
  });
}

test('references to the key id and the algorithm have a word if the key has none', async () => {
  const bare = Buffer.from('{"typ":"JWT"}').toString('base64url');
  const key: Key = { value: `${bare}.e30.AAAA`, variable: 'MUFI_WRITE_KEY', description: 'write key' };
  const keyOf = (): Key => key;
  const forged = await forge(key, { header: { set: { kid: '$kid', alg: '$alg' } } }, { keyOf });
  expect(decoded(segments(forged)[0])).toEqual({ typ: 'JWT', kid: 'unknown', alg: 'none' });
});

const members = '"alg":"EdDSA","kid":"kid-eddsa","typ":"JWT"';
for (const [what, edit, expected] of [
  ['stands as it is', { text: 'not JSON' }, 'not JSON'],
  ['may begin with a byte order mark', { text: '\ufeff{}' }, '\ufeff{}'],
  ['takes the members of the original', { text: '{{members},"alg":"none"}' }, `{${members},"alg":"none"}`],
  ['takes the members but some', { text: '{{members}}', without: ['kid'] }, '{"alg":"EdDSA","typ":"JWT"}'],
] as const) {
  test(`a header text ${what}`, async () => {
    const [edited, payload, signature] = segments(await forger.made({ header: edit }));
    expect(text(edited)).toBe(expected);
    expect([payload, signature]).toEqual(forger.original.slice(1));
  });
}

test('a dollar in a member of the original stays a dollar', async () => {
  const head = { alg: 'EdDSA', kid: "a$&b$'c$$d" };
  const segment = Buffer.from(JSON.stringify(head)).toString('base64url');
  const key: Key = { value: `${segment}.e30.AAAA`, variable: 'MUFI_WRITE_KEY', description: 'write key' };
  const keyOf = (): Key => key;
  const forged = await forge(key, { header: { text: '{{members},"x":1}' } }, { keyOf });
  expect(decoded(segments(forged)[0])).toEqual({ ...head, x: 1 });
});

for (const [what, edit, expected] of [
  [
    'adds and replaces claims',
    { set: { permission: 'admin', x: [1] } },
    { ...writeClaims, permission: 'admin', x: [1] },
  ],
  ['is a text', { text: 'null' }, null],
  [
    'adds a claim of so many bytes',
    { padding: 1000 },
    { ...writeClaims, conformance_padding: 'x'.repeat(1000) },
  ],
  ['adds both', { set: { a: 1 }, padding: 2 }, { ...writeClaims, a: 1, conformance_padding: 'xx' }],
] as const) {
  test(`a payload edit ${what} and keeps header and signature`, async () => {
    const [head, payload, signature] = segments(
      await forger.made({ payload: edit as Forgery['payload'] & {} }),
    );
    expect(decoded(payload)).toEqual(expected);
    expect([head, signature]).toEqual([forger.original[0], forger.original[2]]);
  });
}

test('the paddings of the catalogue make keys of about 4, 16 and 64 KiB', async () => {
  const sizes = [2_600, 12_000, 48_000].map(async (padding) => {
    const { length } = await forger.made({ payload: { padding } });
    return Math.round(length / 1024);
  });
  expect(await Promise.all(sizes)).toEqual([4, 16, 63]);
});

test('a compact layout puts the segments where it says', async () => {
  const [h, p, s] = forger.original;
  for (const [compact, expected] of [
    ['{header}.{payload}', `${h}.${p}`],
    ['{header}', h],
    ['.{payload}.{signature}', `.${p}.${s}`],
    ['{header}..{signature}', `${h}..${s}`],
    ['{payload}.{header}.{signature}', `${p}.${h}.${s}`],
    ['{header}.{payload}.{signature}.x', `${h}.${p}.${s}.x`],
    ['{header}.{payload}.{signature}.{payload}.{signature}', `${h}.${p}.${s}.${p}.${s}`],
    [
      '{"protected":"{header}","payload":"{payload}","signature":"{signature}"}',
      JSON.stringify({ protected: h, payload: p, signature: s }),
    ],
  ] as const) {
    expect(await forger.made({ compact })).toBe(expected);
  }
  const bare = await forger.made({
    header: { set: { alg: 'none' } },
    sign: 'none',
    compact: '{header}.{payload}',
  });
  expect(bare.split('.').length).toBe(2);
  expect(decoded(bare.split('.')[0]!)).toEqual({ ...header, alg: 'none' });
});

test('a literal is presented as it is, whatever the key', async () => {
  const key: Key = { value: 'no key', variable: 'MUFI_WRITE_KEY', description: 'write key' };
  const keyOf = (): Key => key;
  for (const literal of ['', 'null', '{header}.{payload}']) {
    expect(await forge(key, { literal, sign: 'stranger' }, { keyOf })).toBe(literal);
  }
});

test('what is no signed JWT is named by its variable and never quoted', async () => {
  const [h, p, s] = segments(fakeKey());
  const encode = (value: string): string => Buffer.from(value).toString('base64url');
  for (const [value, sentence] of [
    [`${h}.${p}`, 'MUFI_WRITE_KEY is not a signed JWT: it does not have three base64url segments'],
    [`${h}.${p}.`, 'MUFI_WRITE_KEY is not a signed JWT: it does not have three base64url segments'],
    [`${h}.${p}.${s}.${s}`, 'MUFI_WRITE_KEY is not a signed JWT: it does not have three base64url segments'],
    [`${h}.${p}.${s}=`, 'MUFI_WRITE_KEY is not a signed JWT: it does not have three base64url segments'],
    [`${encode('canary')}.${p}.${s}`, 'the header of MUFI_WRITE_KEY is not JSON'],
    [`${h}.${encode('["canary"]')}.${s}`, 'the payload of MUFI_WRITE_KEY is not a JSON object'],
    [`${h}.${encode('null')}.${s}`, 'the payload of MUFI_WRITE_KEY is not a JSON object'],
  ] as const) {
    const message = await why(() => parseKey({ value, variable: 'MUFI_WRITE_KEY', description: '' }));
    expect(message).toBe(`Error: ${sentence}`);
    expect(leaked(message, value, 8)).toEqual([]);
    expect(isCompactJwt(value)).toBe(false);
  }
  expect(isCompactJwt(`${h}.${p}.${s}`)).toBe(true);
});

const sample = 'ab-c.D_e.f-12';
const spelled: Readonly<Record<string, string>> = {
  'percent-dots': 'ab-c%2ED_e%2Ef-12',
  'percent-all': '%61%62%2d%63%2e%44%5f%65%2e%66%2d%31%32',
  base64: 'YWItYy5EX2UuZi0xMg==',
  'basic-user': 'YWItYy5EX2UuZi0xMjo=',
  'basic-password': 'OmFiLWMuRF9lLmYtMTI=',
  'basic-named': 'YXBpOmFiLWMuRF9lLmYtMTI=',
  upper: 'AB-C.D_E.F-12',
  lower: 'ab-c.d_e.f-12',
  'other-case': 'ab-c.D_e.F-12',
  'without-first': 'b-c.D_e.f-12',
  'without-last': 'ab-c.D_e.f-1',
  padded: 'ab-c.D_e.f-1=',
  'standard-base64': 'ab+c.D/e.f+12',
};

test('every filter spells the key in its way', () => {
  const of = (name: string): string => (name === 'padded' ? sample.slice(0, -1) : sample);
  const found = templateFilters.map((name) => [name, applyFilter(name, of(name))]);
  expect(Object.fromEntries(found)).toEqual(spelled);
});

test('a spelling that changes nothing cannot be tried', async () => {
  const nothing = 'NotForgeable: the key has no character that this spelling changes';
  expect(await why(() => applyFilter('standard-base64', 'ab.cd.ef'))).toBe(nothing);
  expect(await why(() => applyFilter('padded', 'ab.cd.efgh'))).toBe(nothing);
  expect(await why(() => applyFilter('percent-dots', 'abc'))).toBe(nothing);
  expect(applyFilter('padded', 'ab.cd.ef')).toBe('ab.cd.ef==');
  expect(applyFilter('padded', 'ab.cd.efg')).toBe('ab.cd.efg=');
});

test('a template with a filter that does not exist is a fault of the suite', async () => {
  const fill = fillWith('KEY', 'SECOND');
  const wrong: Presentation = { headers: { Authorization: 'Bearer {key|rot13}' } };
  expect(await why(() => present(wrong, fill))).toBe('Error: the template filter "rot13" does not exist');
});

test('a presentation puts the keys where its templates say', () => {
  const fill = fillWith('K.e-y', 'S.e_c');
  const nothing = { headers: [], query: [], json: {} };
  expect(present(undefined, fill)).toEqual({ ...nothing, headers: [['Authorization', 'Bearer K.e-y']] });
  expect(present({}, fill)).toEqual(nothing);
  const everywhere: Presentation = {
    headers: { A: '{key}, {second} {key|upper}', B: '{{token}} {other} {key|} $key', C: '' },
    query: { q: '{second|lower}', p: 'a b&c' },
    json: { m: '{key|percent-dots}' },
    form: { f: '{key}', g: '1' },
    lines: ['Authorization : Bearer {key}', 'X: {second|upper}\u0000'],
    trailer: 'T: {key}',
  };
  expect(present(everywhere, fill)).toEqual({
    headers: [
      ['A', 'K.e-y, S.e_c K.E-Y'],
      ['B', '{{token}} {other} {key|} $key'],
      ['C', ''],
    ],
    query: [
      ['q', 's.e_c'],
      ['p', 'a b&c'],
    ],
    json: { m: 'K%2Ee-y' },
    form: [
      ['f', 'K.e-y'],
      ['g', '1'],
    ],
    lines: ['Authorization : Bearer K.e-y', 'X: S.E_C\u0000'],
    trailer: 'T: K.e-y',
  });
});

test('a key that holds what looks like a template or a pattern is put in as it is', () => {
  const odd = '{second}$&$1';
  expect(present(undefined, fillWith(odd, 'x')).headers).toEqual([['Authorization', `Bearer ${odd}`]]);
});
