import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { rfc } from '../sources.ts';
import { decoys } from './any-issuer.ts';

const layouts: readonly Row[] = [
  {
    id: 'one-segment',
    title: 'the key is one letter',
    forge: { literal: 'a' },
    catches: ['bad-signature-forbidden', 'unauthorized-redirects'],
  },
  {
    id: 'two-letters',
    title: 'the key is two segments of one letter',
    forge: { literal: 'a.b' },
    catches: ['bad-signature-forbidden'],
  },
  {
    id: 'three-letters',
    title: 'the key is three segments of one letter',
    forge: { literal: 'a.b.c' },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'only-dots',
    title: 'the key is two dots',
    forge: { literal: '..' },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'many-dots',
    title: 'the key is five dots',
    forge: { literal: '.....' },
    catches: ['bad-signature-forbidden'],
  },
  {
    id: 'header-only',
    title: 'only the header is left',
    forge: { compact: '{header}' },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'payload-only',
    title: 'only the payload is left',
    forge: { compact: '{payload}' },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'no-header',
    title: 'the header is empty',
    forge: { compact: '.{payload}.{signature}' },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'no-payload',
    title: 'the payload is empty',
    forge: { compact: '{header}..{signature}' },
    catches: ['payload-type-crashes'],
  },
  {
    id: 'leading-dot',
    title: 'a dot precedes the key',
    forge: { compact: '.{header}.{payload}.{signature}' },
    catches: ['bad-signature-forbidden'],
  },
  {
    id: 'trailing-dot',
    title: 'a dot follows the key',
    forge: { compact: '{header}.{payload}.{signature}.' },
    // Splitting the key as Ruby does leaves an empty end out; the key in it is valid, so that nobody gets in by it.
    expect: 'unauthorized, leniency tolerated',
    catches: ['fourth-segment-ignored'],
  },
  {
    id: 'fourth-segment',
    title: 'a fourth segment follows the key',
    forge: { compact: '{header}.{payload}.{signature}.x' },
    catches: ['fourth-segment-ignored'],
  },
  {
    id: 'five-segments',
    title: 'five segments, as in a JWE',
    forge: { compact: '{header}.{payload}.{signature}.{payload}.{signature}' },
    catches: ['five-segments-crash'],
  },
  {
    id: 'segments-swapped',
    title: 'header and payload are swapped',
    forge: { compact: '{payload}.{header}.{signature}' },
    catches: ['bad-signature-forbidden'],
  },
  {
    id: 'doubled',
    title: 'the key is repeated',
    forge: { compact: '{header}.{payload}.{signature}{header}.{payload}.{signature}' },
    catches: ['five-segments-crash', 'signature-tail-ignored'],
  },
  {
    id: 'json-serialization',
    title: 'the key is written in the JSON serialization of JWS',
    forge: { compact: '{"protected":"{header}","payload":"{payload}","signature":"{signature}"}' },
    expect: 'unauthorized, 400 tolerated',
    catches: ['version-public'],
  },
  {
    id: 'slash-for-dots',
    title: 'slashes separate the segments',
    forge: { compact: '{header}/{payload}/{signature}' },
    catches: ['bad-signature-forbidden'],
  },
];

const texts: readonly Row[] = [
  {
    id: 'first-character-missing',
    title: 'the first character of the key is missing',
    present: { headers: { Authorization: 'Bearer {key|without-first}' } },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'last-character-missing',
    title: 'the last character of the key is missing',
    present: { headers: { Authorization: 'Bearer {key|without-last}' } },
    catches: ['verified-once', 'signature-ignored'],
  },
  {
    id: 'upper-case',
    title: 'the key is in upper case',
    present: { headers: { Authorization: 'Bearer {key|upper}' } },
    catches: ['malformed-json-crashes'],
  },
  {
    id: 'lower-case',
    title: 'the key is in lower case',
    present: { headers: { Authorization: 'Bearer {key|lower}' } },
    catches: ['malformed-json-crashes'],
  },
];

/** What a key looks like from outside. */
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
    scenarios: each(rejected, [...layouts, ...decoys, ...texts]),
  },
];
