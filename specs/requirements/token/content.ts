import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { authentication, rfc } from '../sources.ts';

const contents: readonly Row[] = [
  {
    id: 'header-not-json',
    title: 'the header is not JSON',
    forge: { header: { text: 'not JSON' } },
    catches: ['malformed-json-crashes', 'version-public', 'unauthorized-redirects'],
  },
  {
    id: 'header-empty-object',
    title: 'the header is an empty object',
    forge: { header: { text: '{}' } },
    catches: ['missing-kid-unverified', 'verified-by-signature', 'signature-ignored'],
  },
  {
    id: 'header-array',
    title: 'the header is an array',
    forge: { header: { text: '[]' } },
    catches: ['missing-kid-unverified'],
  },
  {
    id: 'header-text',
    title: 'the header is a string',
    forge: { header: { text: '"EdDSA"' } },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'header-number',
    title: 'the header is a number',
    forge: { header: { text: '1' } },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'header-null',
    title: 'the header is null',
    forge: { header: { text: 'null' } },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'header-byte-order-mark',
    title: 'a byte order mark precedes the header',
    forge: { header: { text: '\ufeff{{members}}' } },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'header-deep',
    title: 'the header is nested 500 deep',
    forge: { header: { text: `${'['.repeat(500)}${']'.repeat(500)}` } },
    catches: ['missing-kid-unverified'],
  },
  {
    id: 'payload-not-json',
    title: 'the payload is not JSON',
    forge: { payload: { text: 'not JSON' } },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'payload-empty-object',
    title: 'the payload is an empty object',
    forge: { payload: { text: '{}' } },
    catches: ['bad-signature-forbidden'],
  },
  {
    id: 'payload-array',
    title: 'the payload is an array',
    forge: { payload: { text: '[]' } },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'payload-text',
    title: 'the payload is a string',
    forge: { payload: { text: '"write"' } },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'payload-number',
    title: 'the payload is a number',
    forge: { payload: { text: '1' } },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'payload-null',
    title: 'the payload is null',
    forge: { payload: { text: 'null' } },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'payload-null-signed-by-stranger',
    title: 'the payload is null and signed by a stranger',
    forge: { payload: { text: 'null' }, sign: 'stranger' },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'payload-prototype',
    title: 'the payload sets __proto__',
    forge: { payload: { text: '{"__proto__":{"permission":"write"}}' } },
    catches: ['bad-signature-forbidden'],
  },
];

const sizes: readonly Row[] = [
  {
    id: 'four-kibibytes',
    title: 'a claim makes the key about 4 KiB long',
    forge: { payload: { padding: 2_600 } },
    catches: [
      'verified-by-signature',
      'version-public',
      'bad-signature-forbidden',
      'signature-ignored',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'sixteen-kibibytes',
    title: 'a claim makes the key about 16 KiB long',
    forge: { payload: { padding: 12_000 } },
    expect: 'unauthorized, or too large',
    catches: ['long-token-crashes'],
  },
  {
    id: 'sixty-four-kibibytes',
    title: 'a claim makes the key about 64 KiB long',
    forge: { payload: { padding: 48_000 } },
    expect: 'unauthorized, or too large',
    catches: ['long-token-crashes'],
  },
];

/** What is in the segments of a key, and how much. */
export const content: readonly Requirement[] = [
  {
    id: 'token/segments-hold-json-objects',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose header or payload is not the JSON object that was signed is rejected with 401.',
    source: rfc(7519, '7.2 Validating a JWT'),
    advice: 'Verify first and read the claims after that; turn every parse error into the same 401.',
    adviceFits: ['server-error'],
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, contents),
  },
  {
    id: 'token/size-is-harmless',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key of any size that does not verify is rejected without a server error.',
    source: authentication('Using Your API Key'),
    advice: 'Limit the size of the header section (431) and treat a long key like any other bad key.',
    adviceFits: ['server-error'],
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, sizes),
  },
];
