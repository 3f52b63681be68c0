import type { Forgery, JsonObject, JsonValue, Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { authentication, rfc } from '../sources.ts';

const brought = (set: JsonObject, without: readonly string[] = []): Forgery => ({
  header: { set, without },
  sign: 'stranger',
});

const embedded: readonly Row[] = [
  {
    id: 'jwk',
    title: 'the header brings the public key of the stranger who signed',
    forge: brought({ jwk: '$stranger-jwk' }),
    catches: ['embedded-jwk-trusted', 'version-public', 'bad-signature-forbidden', 'unauthorized-redirects'],
  },
  {
    id: 'jwk-without-key-id',
    title: "the header brings the stranger's public key and no key id",
    forge: brought({ jwk: '$stranger-jwk' }, ['kid']),
    catches: ['embedded-jwk-trusted', 'missing-kid-unverified'],
  },
  {
    id: 'jwk-with-other-key-id',
    title: "the header brings the stranger's public key under its own key id",
    forge: brought({ jwk: '$stranger-jwk', kid: 'conformance-stranger' }),
    catches: ['embedded-jwk-trusted', 'unknown-kid-unverified'],
  },
  {
    id: 'jku',
    title: "the header says where the stranger's public key is",
    forge: brought({ jku: 'https://conformance.invalid/jwks.json' }),
    catches: ['signature-ignored'],
  },
  {
    id: 'jku-data',
    title: 'the header names a data URL as the place of the public key',
    forge: brought({ jku: 'data:application/json,{"keys":[]}' }),
    catches: ['signature-ignored'],
  },
  {
    id: 'jku-file',
    title: 'the header names a file as the place of the public key',
    forge: brought({ jku: 'file:///dev/null' }),
    catches: ['signature-ignored'],
  },
  {
    id: 'x5u',
    title: "the header says where the stranger's certificate is",
    forge: brought({ x5u: 'https://conformance.invalid/certificate.pem' }),
    catches: ['signature-ignored'],
  },
  {
    id: 'x5c',
    title: 'the header brings a certificate chain that is none',
    forge: brought({ x5c: ['MAA='] }),
    catches: ['signature-ignored'],
  },
];

const keyId = (kid: JsonValue, sign: Forgery['sign'] = 'stranger'): Forgery => ({
  header: { set: typeof sign === 'object' ? { kid, alg: 'HS256' } : { kid } },
  sign,
});
const withSecret = (secret: string) => ({ hmac: 'HS256', secret }) as const;

const keyIds: readonly Row[] = [
  {
    id: 'empty',
    title: 'the key id is an empty text',
    forge: keyId(''),
    catches: ['signature-ignored', 'version-public', 'bad-signature-forbidden', 'unauthorized-redirects'],
  },
  { id: 'null', title: 'the key id is null', forge: keyId(null), catches: ['header-type-crashes'] },
  { id: 'number', title: 'the key id is a number', forge: keyId(0), catches: ['header-type-crashes'] },
  { id: 'boolean', title: 'the key id is true', forge: keyId(true), catches: ['header-type-crashes'] },
  {
    id: 'array',
    title: 'the key id is a list',
    forge: keyId(['conformance']),
    catches: ['header-type-crashes'],
  },
  {
    id: 'object',
    title: 'the key id is an object with a database operator',
    forge: keyId({ $ne: null }),
    catches: ['header-type-crashes'],
  },
  {
    id: 'traversal',
    title: 'the key id is a path to an empty file, which is the secret',
    forge: keyId('../../../../../../dev/null', withSecret('')),
    catches: ['kid-path-unverified', 'empty-hmac-secret-accepted'],
  },
  {
    id: 'device',
    title: 'the key id is /dev/null and the secret is empty',
    forge: keyId('/dev/null', withSecret('')),
    catches: ['kid-path-unverified'],
  },
  {
    id: 'database',
    title: 'the key id is a database query that answers the secret',
    forge: keyId("x' UNION SELECT 'conformance'-- ", withSecret('conformance')),
    catches: ['kid-injection-unverified'],
  },
  {
    id: 'command',
    title: 'the key id holds a shell command',
    forge: keyId('x|sleep 5'),
    catches: ['signature-ignored'],
  },
  {
    id: 'template',
    title: 'the key id is a template expression',
    forge: keyId('{{7*7}}'),
    catches: ['signature-ignored'],
  },
  {
    id: 'prototype',
    title: 'the key id is __proto__',
    forge: keyId('__proto__'),
    catches: ['unknown-kid-unverified'],
  },
  {
    id: 'constructor',
    title: 'the key id is constructor and the secret is empty',
    forge: keyId('constructor', withSecret('')),
    catches: ['unknown-kid-unverified'],
  },
  {
    id: 'zero-byte',
    title: 'the key id holds a zero byte',
    forge: keyId('conformance\u0000'),
    catches: ['signature-ignored'],
  },
  {
    id: 'long',
    title: 'the key id is 2,000 characters long',
    forge: keyId('x'.repeat(2_000)),
    catches: ['signature-ignored'],
  },
];

const members: readonly Row[] = [
  {
    id: 'critical-unknown',
    title: 'the header marks an unknown extension as critical',
    forge: { header: { set: { crit: ['conformance'], conformance: true } } },
    catches: [
      'crit-unverified',
      'version-public',
      'bad-signature-forbidden',
      'signature-ignored',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'critical-empty',
    title: 'the list of critical extensions is empty',
    forge: { header: { set: { crit: [] } } },
    catches: ['crit-unverified'],
  },
  {
    id: 'critical-text',
    title: 'the list of critical extensions is a text',
    forge: { header: { set: { crit: 'exp' } } },
    catches: ['crit-unverified'],
  },
  {
    id: 'unencoded-payload',
    title: 'the header says that the payload is not encoded',
    forge: { header: { set: { b64: false, crit: ['b64'] } } },
    catches: ['crit-unverified'],
  },
  {
    id: 'compressed',
    title: 'the header says that the payload is compressed',
    forge: { header: { set: { zip: 'DEF' } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'encrypted',
    title: 'the header names an encryption',
    forge: { header: { set: { enc: 'A256GCM' } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'nested',
    title: 'the header says that another JWT is inside',
    forge: { header: { set: { cty: 'JWT' } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'type-wrong',
    title: 'the type is an object',
    forge: { header: { set: { typ: { conformance: 1 } } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'prototype',
    title: 'the header sets __proto__ and the signature is empty',
    forge: { header: { text: '{{members},"__proto__":{"alg":"none"}}' }, sign: 'none' },
    catches: ['empty-signature-accepted'],
  },
];

/** What the header of a key may say and may not bring about. */
export const header: readonly Requirement[] = [
  {
    id: 'token/brought-key-not-trusted',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key that brings, or points to, the key that verifies it is rejected with 401.',
    source: rfc(8725, '3.10 Do Not Trust Received Claims'),
    advice: 'Ignore jwk, jku, x5c and x5u; take verification keys from your own configuration.',
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, embedded),
  },
  {
    id: 'token/key-id-is-data',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key id is looked up among the known ones and never used as a path, query or command.',
    source: rfc(8725, '3.10 Do Not Trust Received Claims'),
    advice: 'Look the key id up in a Map of your verification keys; anything else is a refusal.',
    adviceFits: ['server-error'],
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, keyIds),
  },
  {
    id: 'token/header-members-change-nothing',
    level: 'MUST',
    profile: 'core',
    sentence: 'Members of the header do not switch off the verification: a key with altered ones gets 401.',
    source: rfc(7515, '4.1.11 "crit" (Critical) Header Parameter'),
    advice: 'Verify as always, whatever the header says; refuse critical extensions that you do not know.',
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, members),
  },
  {
    id: 'token/names-project-and-permission',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'The claims of a key tell its project and its permission level.',
    source: authentication('first paragraph'),
    advice: 'Put the project and the permission into the claims of every key.',
    scenarios: [
      {
        id: 'claims-compared',
        title: 'the claims of the supplied keys are compared',
        procedure: 'keys name project and permission',
        to: 'one read operation',
        expect: 'accepted',
        catches: ['keys-hide-permission', 'keys-hide-project'],
      },
    ],
  },
];
