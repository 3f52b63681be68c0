import type { Requirement, SignatureEdit } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { claimedByConnection } from '../hop-by-hop.ts';
import { authentication, rfc } from '../sources.ts';
import { encrypted, zeroSignatures } from './any-issuer.ts';

const edits: readonly (Row & { readonly id: SignatureEdit })[] = [
  {
    id: 'flip-first-bit',
    title: 'the first bit of the signature is flipped',
    catches: [
      'verified-once',
      'version-public',
      'bad-signature-forbidden',
      'signature-ignored',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'flip-middle-bit',
    title: 'a bit in the middle of the signature is flipped',
    catches: ['verified-once'],
  },
  { id: 'flip-last-bit', title: 'the last bit of the signature is flipped', catches: ['verified-once'] },
  { id: 'zeros', title: 'the signature is all zeros', catches: ['zero-signature-accepted'] },
  { id: 'ones', title: 'the signature is all ones', catches: ['verified-once'] },
  { id: 'random', title: 'the signature is random', catches: ['verified-once'] },
  { id: 'one-byte', title: 'the signature is its first byte', catches: ['verified-once'] },
  { id: 'first-half', title: 'the signature is its first half', catches: ['verified-once'] },
  { id: 'ten-times', title: 'the signature is repeated ten times', catches: ['signature-tail-ignored'] },
  {
    id: 'trailing-zero-byte',
    title: 'a zero byte follows the signature',
    catches: ['signature-tail-ignored'],
  },
  { id: 'leading-zero-byte', title: 'a zero byte precedes the signature', catches: ['verified-once'] },
  { id: 'reversed', title: 'the bytes of the signature are reversed', catches: ['verified-once'] },
  {
    id: 'ecdsa-zero',
    title: 'both integers of the ECDSA signature are zero',
    catches: ['psychic-signature'],
  },
  {
    id: 'ecdsa-order',
    title: 'both integers of the ECDSA signature are the order of the curve',
    catches: ['psychic-signature-by-order'],
  },
  { id: 'der', title: 'the ECDSA signature is encoded in DER', catches: ['der-signature-accepted'] },
];

const contents: readonly Row[] = [
  {
    id: 'read-payload-on-write-key',
    title: 'the payload is taken from the read key',
    forge: { payload: { of: 'read' } },
    catches: [
      'verified-once',
      'version-public',
      'bad-signature-forbidden',
      'signature-ignored',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'signature-of-read-key',
    title: 'the signature is taken from the read key',
    forge: { sign: { of: 'read' } },
    catches: ['verified-once'],
  },
  {
    id: 'claim-added',
    title: 'a claim is added',
    forge: { payload: { set: { admin: true } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'permission-claims-added',
    title: 'claims that grant write are added',
    forge: {
      payload: { set: { permission: 'write', permissions: ['write'], scope: 'write', role: 'write' } },
    },
    catches: ['verified-by-signature'],
  },
  {
    id: 'issued-now',
    title: 'the time of issue is changed',
    forge: { payload: { set: { iat: 1_900_000_000 } } },
    catches: ['verified-by-signature'],
  },
  // Libraries report several errors at once; who forgives that of the time forgives the signature (CVE-2024-51744).
  {
    id: 'expired-long-ago',
    title: 'an expiry in the past is added',
    forge: { payload: { set: { exp: 1_000_000_000 } } },
    catches: ['expired-unverified'],
  },
  {
    id: 'not-yet-valid',
    title: 'a start in the future is added',
    forge: { payload: { set: { nbf: 4_000_000_000 } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'type-changed',
    title: 'the type in the header is changed',
    forge: { header: { set: { typ: 'at+jwt' } } },
    catches: ['verified-by-signature'],
  },
  {
    id: 'member-added',
    title: 'a member is added to the header',
    forge: { header: { set: { conformance: true } } },
    catches: ['verified-by-signature'],
  },
];

const strangers: readonly Row[] = [
  {
    id: 'same-key-id',
    title: 'a stranger signs under the same key id',
    forge: { sign: 'stranger' },
    catches: [
      'verified-once',
      'version-public',
      'bad-signature-forbidden',
      'signature-ignored',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'unknown-key-id',
    title: 'a stranger signs under an unknown key id',
    forge: { header: { set: { kid: 'conformance-stranger' } }, sign: 'stranger' },
    catches: ['unknown-kid-unverified'],
  },
  {
    id: 'no-key-id',
    title: 'a stranger signs without a key id',
    forge: { header: { without: ['kid'] }, sign: 'stranger' },
    catches: ['missing-kid-unverified'],
  },
  {
    id: 'nothing-but-algorithm',
    title: 'a stranger signs and the header holds only an algorithm',
    forge: { header: { text: '{"alg":"EdDSA"}' }, sign: 'stranger' },
    catches: ['missing-kid-unverified'],
  },
];

/** Faults that show with whatever is not what was signed. */
const unverified = ['signature-ignored', 'verified-once', 'verified-by-signature'];

/** The signature makes a key a key. */
export const signature: readonly Requirement[] = [
  {
    id: 'token/signature-present',
    guards: 'unsigned key',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key without a signature is rejected with 401.',
    source: authentication('first paragraph'),
    advice: 'Require three non-empty segments and verify the third; decoding is not verifying.',
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, [
      {
        id: 'stripped',
        title: 'the signature is stripped and its dot is kept',
        forge: { sign: 'none' },
        catches: [
          'empty-signature-accepted',
          'signature-ignored',
          'verified-once',
          'bad-signature-forbidden',
          'version-public',
          'unauthorized-redirects',
        ],
      },
      {
        id: 'stripped-with-dot',
        title: 'the signature is stripped together with its dot',
        forge: { compact: '{header}.{payload}' },
        catches: ['missing-signature-accepted'],
      },
      ...encrypted,
    ]),
  },
  {
    id: 'token/signature-verified',
    guards: 'forged key',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose signature does not verify is rejected with 401.',
    source: authentication('first paragraph'),
    advice: 'Verify the signature with a fixed list of algorithms before you read any claim.',
    scenarios: each(rejected, [
      ...edits.map((edit) => ({ ...edit, forge: { sign: { bytes: edit.id } } })),
      ...zeroSignatures,
      {
        id: 'right-after-the-owner',
        title: 'the signature has one flipped bit, right after the same request with the unmodified key',
        forge: { sign: { bytes: 'flip-middle-bit' } },
        after: 'the owner',
        to: 'every read operation',
        catches: [
          'answer-shared-by-url',
          'answer-shared-by-body',
          'verdict-shared-by-request',
          'verdict-shared-by-key-header',
          'verdict-shared-by-content',
        ],
      },
      {
        id: 'idempotency-key-of-the-owner',
        title:
          'the signature has one flipped bit, right after the same write with the unmodified key and the same Idempotency-Key',
        forge: { sign: { bytes: 'flip-middle-bit' } },
        present: {
          headers: { Authorization: 'Bearer {key}', 'Idempotency-Key': 'conformance {method} {path}' },
        },
        after: 'the owner',
        to: 'every repeatable write',
        catches: ['write-replayed-before-authentication'],
      },
      {
        id: 'named-by-connection',
        title:
          'the signature has one flipped bit, in a header that the connection claims for itself (Connection: close, Authorization)',
        forge: { sign: { bytes: 'flip-middle-bit' } },
        present: claimedByConnection,
        to: 'every read operation',
        // A proxy may remove the header, or reject the request.
        expect: 'not let in',
        catches: ['connection-header-unverified'],
      },
    ]),
  },
  {
    id: 'token/signature-covers-content',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose header or payload is not what was signed is rejected with 401.',
    source: authentication('first paragraph'),
    advice: 'Verify the signature over the header and payload segments as received, not over decoded values.',
    explainedBy: ['token/signature-verified'],
    scenarios: each(rejected, [
      ...contents,
      {
        id: 'write-payload-on-read-key',
        title: 'the payload is taken from the write key',
        key: 'read',
        forge: { payload: { of: 'write' } },
        catches: unverified,
      },
      {
        id: 'write-signature-on-read-key',
        title: 'the signature is taken from the write key',
        key: 'read',
        forge: { sign: { of: 'write' } },
        catches: unverified,
      },
      {
        id: 'payload-of-other-project',
        title: 'the payload is taken from a key of another project',
        forge: { payload: { of: 'other-project-write' } },
        needs: ['other-project-keys'],
        catches: unverified,
      },
    ]),
  },
  {
    id: 'token/signed-by-issuer',
    level: 'MUST',
    profile: 'core',
    sentence: 'A token that the issuer did not sign as an API key is rejected with 401.',
    source: rfc(8725, '3.8 Validate Issuer and Subject'),
    advice: 'Verify only with keys from your own configuration; reject an unknown key id.',
    explainedBy: ['token/signature-verified'],
    scenarios: [
      ...each(rejected, strangers),
      {
        id: 'other-token',
        title: 'a token of the same issuer that is for something else',
        key: 'other-token',
        needs: ['other-token'],
        to: 'every operation',
        expect: 'unauthorized',
        catches: [
          'login-token-accepted',
          'bad-signature-forbidden',
          'version-public',
          'unauthorized-redirects',
        ],
      },
    ],
  },
];
