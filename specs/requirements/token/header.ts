import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { authentication, rfc } from '../sources.ts';
import { brought } from './brought-keys.ts';
import { keyIds } from './key-ids.ts';

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
    sentence: 'A key that contains, or points to, the key that verifies it is rejected with 401.',
    source: rfc(8725, '3.10 Do Not Trust Received Claims'),
    advice:
      'Ignore jwk, jku, x5c, x5u and an unknown issuer; take verification keys from your own configuration.',
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, brought),
  },
  {
    id: 'token/key-id-is-data',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key id is looked up among the known key ids and never used as a path, query or command.',
    source: rfc(8725, '3.10 Do Not Trust Received Claims'),
    advice: 'Look the key id up in a map of your verification keys; reject everything else.',
    adviceFits: ['server-error'],
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, keyIds),
  },
  {
    id: 'token/header-members-change-nothing',
    level: 'MUST',
    profile: 'core',
    sentence:
      'Members of the header do not switch off verification: a key with altered header members is rejected with 401.',
    source: rfc(7515, '4.1.11 "crit" (Critical) Header Parameter'),
    advice: 'Verify the same way, whatever the header says; reject critical extensions that you do not know.',
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, members),
  },
  {
    id: 'token/names-project-and-permission',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'The claims of a key name its project and its permission level.',
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
