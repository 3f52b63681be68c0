import type { Forgery, Requirement, SignatureEdit } from '../../../harness/model/index.ts';
import { authentication, rfc } from '../sources.ts';

type Row = readonly [id: string, forge: Forgery, title: string, ...catches: string[]];

const edits: readonly (readonly [SignatureEdit, string, ...catches: string[]])[] = [
  [
    'flip-first-bit',
    'the first bit of the signature is flipped',
    'verified-once',
    'version-public',
    'bad-signature-forbidden',
    'signature-ignored',
    'unauthorized-redirects',
  ],
  ['flip-middle-bit', 'a bit in the middle of the signature is flipped', 'verified-once'],
  ['flip-last-bit', 'the last bit of the signature is flipped', 'verified-once'],
  ['zeros', 'the signature is all zeros', 'zero-signature-accepted'],
  ['ones', 'the signature is all ones', 'verified-once'],
  ['random', 'the signature is random', 'verified-once'],
  ['one-byte', 'the signature is its first byte', 'verified-once'],
  ['first-half', 'the signature is its first half', 'verified-once'],
  ['ten-times', 'the signature stands ten times', 'signature-tail-ignored'],
  ['trailing-zero-byte', 'a zero byte follows the signature', 'signature-tail-ignored'],
  ['leading-zero-byte', 'a zero byte precedes the signature', 'verified-once'],
  ['reversed', 'the bytes of the signature are reversed', 'verified-once'],
  ['ecdsa-zero', 'both integers of the ECDSA signature are zero', 'psychic-signature'],
  [
    'ecdsa-order',
    'both integers of the ECDSA signature are the order of the curve',
    'psychic-signature-by-order',
  ],
  ['der', 'the ECDSA signature is encoded in DER', 'der-signature-accepted'],
];

const contents: readonly Row[] = [
  [
    'read-payload-on-write-key',
    { payload: { of: 'read' } },
    'the payload is taken from the read key',
    'verified-once',
    'version-public',
    'bad-signature-forbidden',
    'signature-ignored',
    'unauthorized-redirects',
  ],
  [
    'signature-of-read-key',
    { sign: { of: 'read' } },
    'the signature is taken from the read key',
    'verified-once',
  ],
  ['claim-added', { payload: { set: { admin: true } } }, 'a claim is added', 'verified-by-signature'],
  [
    'permission-claims-added',
    { payload: { set: { permission: 'write', permissions: ['write'], scope: 'write', role: 'write' } } },
    'claims that grant write are added',
    'verified-by-signature',
  ],
  [
    'issued-now',
    { payload: { set: { iat: 1_900_000_000 } } },
    'the time of issue is changed',
    'verified-by-signature',
  ],
  [
    'type-changed',
    { header: { set: { typ: 'at+jwt' } } },
    'the type in the header is changed',
    'verified-by-signature',
  ],
  [
    'member-added',
    { header: { set: { conformance: true } } },
    'a member is added to the header',
    'verified-by-signature',
  ],
];

const strangers: readonly Row[] = [
  [
    'same-key-id',
    { sign: 'stranger' },
    'a stranger signs under the same key id',
    'verified-once',
    'version-public',
    'bad-signature-forbidden',
    'signature-ignored',
    'unauthorized-redirects',
  ],
  [
    'unknown-key-id',
    { header: { set: { kid: 'conformance-stranger' } }, sign: 'stranger' },
    'a stranger signs under an unknown key id',
    'unknown-kid-unverified',
  ],
  [
    'no-key-id',
    { header: { without: ['kid'] }, sign: 'stranger' },
    'a stranger signs without a key id',
    'missing-kid-unverified',
  ],
  [
    'nothing-but-algorithm',
    { header: { text: '{"alg":"EdDSA"}' }, sign: 'stranger' },
    'a stranger signs and the header holds only an algorithm',
    'missing-kid-unverified',
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
    scenarios: [
      send([
        'stripped',
        { sign: 'none' },
        'the signature is stripped and its dot is kept',
        'empty-signature-accepted',
        'signature-ignored',
        'verified-once',
        'bad-signature-forbidden',
        'version-public',
        'unauthorized-redirects',
      ]),
      send([
        'stripped-with-dot',
        { compact: '{header}.{payload}' },
        'the signature is stripped together with its dot',
        'missing-signature-accepted',
      ]),
    ],
  },
  {
    id: 'token/signature-verified',
    guards: 'forged key',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose signature does not verify is rejected with 401.',
    source: authentication('first paragraph'),
    advice: 'Verify the signature with a fixed list of algorithms before reading any claim.',
    scenarios: [
      ...edits.map(([edit, title, ...catches]) => send([edit, { sign: { bytes: edit } }, title, ...catches])),
      {
        ...send([
          'right-after-the-owner',
          { sign: { bytes: 'flip-middle-bit' } },
          'the signature has one flipped bit, right after the same request with the unmodified key',
          'answer-shared-by-url',
          'answer-shared-by-body',
          'verdict-shared-by-request',
          'verdict-shared-by-key-header',
          'verdict-shared-by-content',
        ]),
        after: 'the owner' as const,
        to: 'every read operation' as const,
      },
    ],
  },
  {
    id: 'token/signature-covers-content',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose header or payload is not what was signed is rejected with 401.',
    source: authentication('first paragraph'),
    advice: 'Verify over the received header and payload segments, not over values that were decoded before.',
    explainedBy: ['token/signature-verified'],
    scenarios: [
      ...contents.map(send),
      {
        ...send([
          'write-payload-on-read-key',
          { payload: { of: 'write' } },
          'the payload is taken from the write key',
          'signature-ignored',
          'verified-once',
          'verified-by-signature',
        ]),
        key: 'read',
      },
      {
        ...send([
          'write-signature-on-read-key',
          { sign: { of: 'write' } },
          'the signature is taken from the write key',
          'signature-ignored',
          'verified-once',
          'verified-by-signature',
        ]),
        key: 'read',
      },
      {
        ...send([
          'payload-of-other-project',
          { payload: { of: 'other-project-write' } },
          'the payload is taken from a key of another project',
          'signature-ignored',
          'verified-once',
          'verified-by-signature',
        ]),
        needs: ['other-project-keys'],
      },
    ],
  },
  {
    id: 'token/signed-by-issuer',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key that somebody other than the issuer signed is rejected with 401.',
    source: rfc(8725, '3.8 Validate Issuer and Subject'),
    advice: 'Verify with keys from your own configuration only; an unknown key id is a refusal.',
    explainedBy: ['token/signature-verified'],
    scenarios: strangers.map(send),
  },
];
