import type { Expectation, Forgery, Requirement } from '../../../harness/model/index.ts';
import { authentication, rfc } from '../sources.ts';

type Row = readonly [
  id: string,
  forge: Forgery,
  title: string,
  catches: readonly string[],
  expect?: Expectation,
];

const layouts: readonly Row[] = [
  [
    'one-segment',
    { literal: 'a' },
    'the key is one letter',
    ['bad-signature-forbidden', 'unauthorized-redirects'],
  ],
  ['two-letters', { literal: 'a.b' }, 'the key is two segments of one letter', ['bad-signature-forbidden']],
  [
    'three-letters',
    { literal: 'a.b.c' },
    'the key is three segments of one letter',
    ['malformed-json-crashes'],
  ],
  ['only-dots', { literal: '..' }, 'the key is two dots', ['malformed-json-crashes']],
  ['many-dots', { literal: '.....' }, 'the key is five dots', ['bad-signature-forbidden']],
  ['header-only', { compact: '{header}' }, 'only the header is left', ['payload-type-crashes']],
  ['payload-only', { compact: '{payload}' }, 'only the payload is left', ['payload-type-crashes']],
  ['no-header', { compact: '.{payload}.{signature}' }, 'the header is empty', ['malformed-json-crashes']],
  ['no-payload', { compact: '{header}..{signature}' }, 'the payload is empty', ['payload-type-crashes']],
  [
    'leading-dot',
    { compact: '.{header}.{payload}.{signature}' },
    'a dot precedes the key',
    ['bad-signature-forbidden'],
  ],
  [
    'trailing-dot',
    { compact: '{header}.{payload}.{signature}.' },
    'a dot follows the key',
    ['fourth-segment-ignored'],
  ],
  [
    'fourth-segment',
    { compact: '{header}.{payload}.{signature}.x' },
    'a fourth segment follows the key',
    ['fourth-segment-ignored'],
  ],
  [
    'five-segments',
    { compact: '{header}.{payload}.{signature}.{payload}.{signature}' },
    'five segments, as in a JWE',
    ['five-segments-crash'],
  ],
  [
    'segments-swapped',
    { compact: '{payload}.{header}.{signature}' },
    'header and payload change places',
    ['bad-signature-forbidden'],
  ],
  [
    'doubled',
    { compact: '{header}.{payload}.{signature}{header}.{payload}.{signature}' },
    'the key stands twice',
    ['five-segments-crash', 'signature-tail-ignored'],
  ],
  [
    'json-serialization',
    { compact: '{"protected":"{header}","payload":"{payload}","signature":"{signature}"}' },
    'the key is written in the JSON serialization of JWS',
    ['version-public'],
    'unauthorized, 400 tolerated',
  ],
  [
    'slash-for-dots',
    { compact: '{header}/{payload}/{signature}' },
    'slashes separate the segments',
    ['bad-signature-forbidden'],
  ],
];

const texts: readonly (readonly [string, string, string, ...catches: string[]])[] = [
  [
    'first-character-missing',
    'Bearer {key|without-first}',
    'the first character of the key is missing',
    'malformed-json-crashes',
  ],
  [
    'last-character-missing',
    'Bearer {key|without-last}',
    'the last character of the key is missing',
    'verified-once',
    'signature-ignored',
  ],
  ['upper-case', 'Bearer {key|upper}', 'the key is in upper case', 'malformed-json-crashes'],
  ['lower-case', 'Bearer {key|lower}', 'the key is in lower case', 'malformed-json-crashes'],
];

const contents: readonly Row[] = [
  [
    'header-not-json',
    { header: { text: 'not JSON' } },
    'the header is not JSON',
    ['malformed-json-crashes', 'version-public', 'unauthorized-redirects'],
  ],
  [
    'header-empty-object',
    { header: { text: '{}' } },
    'the header is an empty object',
    ['missing-kid-unverified', 'verified-by-signature', 'signature-ignored'],
  ],
  ['header-array', { header: { text: '[]' } }, 'the header is an array', ['missing-kid-unverified']],
  ['header-text', { header: { text: '"EdDSA"' } }, 'the header is a string', ['malformed-json-crashes']],
  ['header-number', { header: { text: '1' } }, 'the header is a number', ['malformed-json-crashes']],
  ['header-null', { header: { text: 'null' } }, 'the header is null', ['malformed-json-crashes']],
  [
    'header-byte-order-mark',
    { header: { text: '\ufeff{{members}}' } },
    'a byte order mark precedes the header',
    ['malformed-json-crashes'],
  ],
  [
    'header-deep',
    { header: { text: `${'['.repeat(500)}${']'.repeat(500)}` } },
    'the header is nested 500 deep',
    ['missing-kid-unverified'],
  ],
  [
    'payload-not-json',
    { payload: { text: 'not JSON' } },
    'the payload is not JSON',
    ['payload-type-crashes'],
  ],
  [
    'payload-empty-object',
    { payload: { text: '{}' } },
    'the payload is an empty object',
    ['bad-signature-forbidden'],
  ],
  ['payload-array', { payload: { text: '[]' } }, 'the payload is an array', ['payload-type-crashes']],
  ['payload-text', { payload: { text: '"write"' } }, 'the payload is a string', ['payload-type-crashes']],
  ['payload-number', { payload: { text: '1' } }, 'the payload is a number', ['payload-type-crashes']],
  ['payload-null', { payload: { text: 'null' } }, 'the payload is null', ['payload-type-crashes']],
  [
    'payload-null-signed-by-stranger',
    { payload: { text: 'null' }, sign: 'stranger' },
    'the payload is null and signed by a stranger',
    ['payload-type-crashes'],
  ],
  [
    'payload-prototype',
    { payload: { text: '{"__proto__":{"permission":"write"}}' } },
    'the payload sets __proto__',
    ['bad-signature-forbidden'],
  ],
];

const sizes: readonly Row[] = [
  [
    'four-kibibytes',
    { payload: { padding: 2_600 } },
    'a claim makes the key about 4 KiB long',
    [
      'verified-by-signature',
      'version-public',
      'bad-signature-forbidden',
      'signature-ignored',
      'unauthorized-redirects',
    ],
  ],
  [
    'sixteen-kibibytes',
    { payload: { padding: 12_000 } },
    'a claim makes the key about 16 KiB long',
    ['long-token-crashes'],
    'unauthorized, or too large',
  ],
  [
    'sixty-four-kibibytes',
    { payload: { padding: 48_000 } },
    'a claim makes the key about 64 KiB long',
    ['long-token-crashes'],
    'unauthorized, or too large',
  ],
];

const send = ([id, forge, title, catches, expect]: Row) => ({
  id,
  title,
  forge,
  to: 'every operation' as const,
  expect: expect ?? ('unauthorized' as const),
  catches,
});

/** What a key is made of. */
export const structure: readonly Requirement[] = [
  {
    id: 'token/three-segments',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key that is not three base64url segments joined by dots is rejected with 401.',
    source: rfc(7515, '3.1 JWS Compact Serialization Overview'),
    advice: 'Let a JWT library parse the key, and turn every parse error into the same 401.',
    adviceFits: ['server-error'],
    explainedBy: ['token/signature-verified'],
    scenarios: [
      ...layouts.map(send),
      ...texts.map(([id, value, title, ...catches]) => ({
        id,
        title,
        present: { headers: { Authorization: value } },
        to: 'every operation' as const,
        expect: 'unauthorized' as const,
        catches,
      })),
    ],
  },
  {
    id: 'token/segments-hold-json-objects',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose header or payload is not the JSON object that was signed is rejected with 401.',
    source: rfc(7519, '7.2 Validating a JWT'),
    advice: 'Verify first and read claims afterwards; turn every parse error into the same 401.',
    adviceFits: ['server-error'],
    explainedBy: ['token/signature-verified'],
    scenarios: contents.map(send),
  },
  {
    id: 'token/size-is-harmless',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key of any size that does not verify is rejected without a server error.',
    source: authentication('Using Your API Key'),
    advice: 'Bound the header section (431) and treat a long key as any other bad key.',
    adviceFits: ['server-error'],
    explainedBy: ['token/signature-verified'],
    scenarios: sizes.map(send),
  },
];
