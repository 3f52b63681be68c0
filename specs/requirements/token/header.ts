import type { Forgery, JsonObject, JsonValue, Requirement } from '../../../harness/model/index.ts';
import { authentication, rfc } from '../sources.ts';

type Row = readonly [id: string, forge: Forgery, title: string, ...catches: string[]];

const brought = (set: JsonObject, without: readonly string[] = []): Forgery => ({
  header: { set, without },
  sign: 'stranger',
});

const embedded: readonly Row[] = [
  [
    'jwk',
    brought({ jwk: '$stranger-jwk' }),
    'the header brings the public key of the stranger who signed',
    'embedded-jwk-trusted',
    'version-public',
    'bad-signature-forbidden',
    'unauthorized-redirects',
  ],
  [
    'jwk-without-key-id',
    brought({ jwk: '$stranger-jwk' }, ['kid']),
    "the header brings the stranger's public key and no key id",
    'embedded-jwk-trusted',
    'missing-kid-unverified',
  ],
  [
    'jwk-with-other-key-id',
    brought({ jwk: '$stranger-jwk', kid: 'conformance-stranger' }),
    "the header brings the stranger's public key under its own key id",
    'embedded-jwk-trusted',
    'unknown-kid-unverified',
  ],
  [
    'jku',
    brought({ jku: 'https://conformance.invalid/jwks.json' }),
    "the header says where the stranger's public key is",
    'signature-ignored',
  ],
  [
    'jku-data',
    brought({ jku: 'data:application/json,{"keys":[]}' }),
    'the header names a data URL as the place of the public key',
    'signature-ignored',
  ],
  [
    'jku-file',
    brought({ jku: 'file:///dev/null' }),
    'the header names a file as the place of the public key',
    'signature-ignored',
  ],
  [
    'x5u',
    brought({ x5u: 'https://conformance.invalid/certificate.pem' }),
    "the header says where the stranger's certificate is",
    'signature-ignored',
  ],
  [
    'x5c',
    brought({ x5c: ['MAA='] }),
    'the header brings a certificate chain that is none',
    'signature-ignored',
  ],
];

const keyId = (kid: JsonValue, sign: Forgery['sign'] = 'stranger'): Forgery => ({
  header: { set: typeof sign === 'object' ? { kid, alg: 'HS256' } : { kid } },
  sign,
});
const withSecret = (secret: string) => ({ hmac: 'HS256', secret }) as const;

const keyIds: readonly Row[] = [
  [
    'empty',
    keyId(''),
    'the key id is an empty text',
    'signature-ignored',
    'version-public',
    'bad-signature-forbidden',
    'unauthorized-redirects',
  ],
  ['null', keyId(null), 'the key id is null', 'header-type-crashes'],
  ['number', keyId(0), 'the key id is a number', 'header-type-crashes'],
  ['boolean', keyId(true), 'the key id is true', 'header-type-crashes'],
  ['array', keyId(['conformance']), 'the key id is a list', 'header-type-crashes'],
  ['object', keyId({ $ne: null }), 'the key id is an object with a database operator', 'header-type-crashes'],
  [
    'traversal',
    keyId('../../../../../../dev/null', withSecret('')),
    'the key id is a path to an empty file, which is the secret',
    'kid-path-unverified',
    'empty-hmac-secret-accepted',
  ],
  [
    'device',
    keyId('/dev/null', withSecret('')),
    'the key id is /dev/null and the secret is empty',
    'kid-path-unverified',
  ],
  [
    'database',
    keyId("x' UNION SELECT 'conformance'-- ", withSecret('conformance')),
    'the key id is a database query that answers the secret',
    'kid-injection-unverified',
  ],
  ['command', keyId('x|sleep 5'), 'the key id holds a shell command', 'signature-ignored'],
  ['template', keyId('{{7*7}}'), 'the key id is a template expression', 'signature-ignored'],
  ['prototype', keyId('__proto__'), 'the key id is __proto__', 'unknown-kid-unverified'],
  [
    'constructor',
    keyId('constructor', withSecret('')),
    'the key id is constructor and the secret is empty',
    'unknown-kid-unverified',
  ],
  ['zero-byte', keyId('conformance\u0000'), 'the key id holds a zero byte', 'signature-ignored'],
  ['long', keyId('x'.repeat(2_000)), 'the key id is 2,000 characters long', 'signature-ignored'],
];

const members: readonly Row[] = [
  [
    'critical-unknown',
    { header: { set: { crit: ['conformance'], conformance: true } } },
    'the header marks an unknown extension as critical',
    'crit-unverified',
    'version-public',
    'bad-signature-forbidden',
    'signature-ignored',
    'unauthorized-redirects',
  ],
  [
    'critical-empty',
    { header: { set: { crit: [] } } },
    'the list of critical extensions is empty',
    'crit-unverified',
  ],
  [
    'critical-text',
    { header: { set: { crit: 'exp' } } },
    'the list of critical extensions is a text',
    'crit-unverified',
  ],
  [
    'unencoded-payload',
    { header: { set: { b64: false, crit: ['b64'] } } },
    'the header says that the payload is not encoded',
    'crit-unverified',
  ],
  [
    'compressed',
    { header: { set: { zip: 'DEF' } } },
    'the header says that the payload is compressed',
    'verified-by-signature',
  ],
  [
    'encrypted',
    { header: { set: { enc: 'A256GCM' } } },
    'the header names an encryption',
    'verified-by-signature',
  ],
  [
    'nested',
    { header: { set: { cty: 'JWT' } } },
    'the header says that another JWT is inside',
    'verified-by-signature',
  ],
  [
    'type-wrong',
    { header: { set: { typ: { conformance: 1 } } } },
    'the type is an object',
    'verified-by-signature',
  ],
  [
    'prototype',
    { header: { text: '{{members},"__proto__":{"alg":"none"}}' }, sign: 'none' },
    'the header sets __proto__ and the signature is empty',
    'empty-signature-accepted',
  ],
];

const send = ([id, forge, title, ...catches]: Row) => ({
  id,
  title,
  forge,
  to: 'every operation' as const,
  expect: 'unauthorized' as const,
  catches,
});

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
    scenarios: embedded.map(send),
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
    scenarios: keyIds.map(send),
  },
  {
    id: 'token/header-members-change-nothing',
    level: 'MUST',
    profile: 'core',
    sentence: 'Members of the header do not switch off the verification: a key with altered ones gets 401.',
    source: rfc(7515, '4.1.11 "crit" (Critical) Header Parameter'),
    advice: 'Verify as always, whatever the header says; refuse critical extensions that you do not know.',
    explainedBy: ['token/signature-verified'],
    scenarios: members.map(send),
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
