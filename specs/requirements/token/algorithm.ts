import type { Forgery, JsonValue, Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { rfc } from '../sources.ts';

const unsigned = (alg: JsonValue, rest: Partial<Forgery> = {}): Forgery => ({
  header: { set: { alg } },
  sign: 'none',
  ...rest,
});

const none: readonly Row[] = [
  {
    id: 'none',
    title: 'the algorithm is none and the signature empty',
    forge: unsigned('none'),
    catches: ['alg-none-accepted', 'version-public', 'bad-signature-forbidden', 'unauthorized-redirects'],
  },
  {
    id: 'none-without-dot',
    title: 'the algorithm is none and the last dot is missing',
    forge: unsigned('none', { compact: '{header}.{payload}' }),
    catches: ['missing-signature-accepted'],
  },
  {
    id: 'capitalised-none',
    title: 'the algorithm is None',
    forge: unsigned('None'),
    catches: ['alg-none-misspelt-accepted'],
  },
  {
    id: 'upper-case-none',
    title: 'the algorithm is NONE',
    forge: unsigned('NONE'),
    catches: ['alg-none-misspelt-accepted'],
  },
  {
    id: 'mixed-case-none',
    title: 'the algorithm is nOnE',
    forge: unsigned('nOnE'),
    catches: ['alg-none-misspelt-accepted'],
  },
  {
    id: 'none-with-space',
    title: 'a space follows the algorithm none',
    forge: unsigned('none '),
    catches: ['alg-none-misspelt-accepted'],
  },
  {
    id: 'none-with-null',
    title: 'a zero byte follows the algorithm none',
    forge: unsigned('none\u0000'),
    catches: ['signature-ignored'],
  },
  {
    id: 'none-with-signature',
    title: 'the algorithm is none and the signature is kept',
    forge: { header: { set: { alg: 'none' } } },
    catches: ['alg-none-accepted', 'verified-by-signature'],
  },
  {
    id: 'none-with-random-signature',
    title: 'the algorithm is none and the signature random',
    forge: { header: { set: { alg: 'none' } }, sign: { bytes: 'random' } },
    catches: ['alg-none-accepted'],
  },
  {
    id: 'none-twice',
    title: 'the header names its algorithm twice, last as none',
    forge: { header: { text: '{{members},"alg":"none"}' }, sign: 'none' },
    catches: ['alg-none-accepted'],
  },
  {
    id: 'none-only',
    title: 'the header holds nothing but the algorithm none',
    forge: { header: { text: '{"alg":"none"}' }, sign: 'none' },
    catches: ['alg-none-accepted', 'missing-kid-unverified'],
  },
];

const names: readonly Row[] = [
  {
    id: 'missing',
    title: 'the header names no algorithm',
    forge: { header: { without: ['alg'] } },
    catches: [
      'verified-by-signature',
      'version-public',
      'bad-signature-forbidden',
      'signature-ignored',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'empty',
    title: 'the algorithm is an empty text',
    forge: { header: { set: { alg: '' } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'null',
    title: 'the algorithm is null',
    forge: { header: { set: { alg: null } } },
    catches: ['header-type-crashes'],
  },
  {
    id: 'number',
    title: 'the algorithm is a number',
    forge: { header: { set: { alg: 256 } } },
    catches: ['header-type-crashes'],
  },
  {
    id: 'boolean',
    title: 'the algorithm is true',
    forge: { header: { set: { alg: true } } },
    catches: ['header-type-crashes'],
  },
  {
    id: 'array',
    title: 'the algorithm is a list',
    forge: { header: { set: { alg: ['none', 'EdDSA'] } } },
    catches: ['header-type-crashes'],
  },
  {
    id: 'object',
    title: 'the algorithm is an object',
    forge: { header: { set: { alg: { name: 'none' } } } },
    catches: ['header-type-crashes'],
  },
  {
    id: 'unknown',
    title: 'the algorithm does not exist',
    forge: { header: { set: { alg: 'HS257' } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'encryption',
    title: 'the algorithm is one for encryption',
    forge: { header: { set: { alg: 'dir', enc: 'A128GCM' } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'path',
    title: 'the algorithm is a path',
    forge: { header: { set: { alg: '../../../../dev/null' } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'long',
    title: 'the algorithm is 2,000 characters long',
    forge: { header: { set: { alg: 'x'.repeat(2_000) } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'prototype',
    title: 'the algorithm is the name of a property that every object has',
    forge: { header: { set: { alg: 'constructor' } } },
    catches: ['verified-by-signature'],
  },
];

/** Who chooses the algorithm: the server, never the key. */
export const algorithm: readonly Requirement[] = [
  {
    id: 'token/algorithm-none-rejected',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key that calls itself unsigned is rejected with 401, however it spells "none".',
    source: rfc(8725, '3.2 Use Appropriate Algorithms'),
    advice: 'Give the verifier an explicit list of algorithms without "none".',
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, none),
  },
  {
    id: 'token/algorithm-fixed-by-server',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose header has a missing, unknown or malformed algorithm is rejected with 401.',
    source: rfc(8725, '3.1 Perform Algorithm Verification'),
    advice:
      'Compare the algorithm in the header with the one that is configured for the key; never choose it by the header.',
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, names),
  },
];
