import type { Forgery, Requirement, SignatureEdit } from '../../../harness/model.ts';
import { authentication, rfc } from '../sources.ts';

type Row = readonly [id: string, forge: Forgery, title: string];

const edits: readonly (readonly [SignatureEdit, string])[] = [
  ['flip-first-bit', 'the first bit of the signature is flipped'],
  ['flip-middle-bit', 'a bit in the middle of the signature is flipped'],
  ['flip-last-bit', 'the last bit of the signature is flipped'],
  ['zeros', 'the signature is all zeros'],
  ['ones', 'the signature is all ones'],
  ['random', 'the signature is random'],
  ['one-byte', 'the signature is its first byte'],
  ['first-half', 'the signature is its first half'],
  ['ten-times', 'the signature stands ten times'],
  ['trailing-zero-byte', 'a zero byte follows the signature'],
  ['leading-zero-byte', 'a zero byte precedes the signature'],
  ['reversed', 'the bytes of the signature are reversed'],
  ['ecdsa-zero', 'both integers of the ECDSA signature are zero'],
  ['ecdsa-order', 'both integers of the ECDSA signature are the order of the curve'],
  ['der', 'the ECDSA signature is encoded in DER'],
];

const contents: readonly Row[] = [
  ['read-payload-on-write-key', { payload: { of: 'read' } }, 'the payload is taken from the read key'],
  ['signature-of-read-key', { sign: { of: 'read' } }, 'the signature is taken from the read key'],
  ['claim-added', { payload: { set: { admin: true } } }, 'a claim is added'],
  [
    'permission-claims-added',
    { payload: { set: { permission: 'write', permissions: ['write'], scope: 'write', role: 'write' } } },
    'claims that grant write are added',
  ],
  ['issued-now', { payload: { set: { iat: 1_900_000_000 } } }, 'the time of issue is changed'],
  ['type-changed', { header: { set: { typ: 'at+jwt' } } }, 'the type in the header is changed'],
  ['member-added', { header: { set: { conformance: true } } }, 'a member is added to the header'],
];

const strangers: readonly Row[] = [
  ['same-key-id', { sign: 'stranger' }, 'a stranger signs under the same key id'],
  [
    'unknown-key-id',
    { header: { set: { kid: 'conformance-stranger' } }, sign: 'stranger' },
    'a stranger signs under an unknown key id',
  ],
  ['no-key-id', { header: { without: ['kid'] }, sign: 'stranger' }, 'a stranger signs without a key id'],
  [
    'nothing-but-algorithm',
    { header: { text: '{"alg":"EdDSA"}' }, sign: 'stranger' },
    'a stranger signs and the header holds only an algorithm',
  ],
];

const send = ([id, forge, title]: Row) => ({
  id,
  title,
  forge,
  to: 'every operation' as const,
  expect: 'unauthorized' as const,
  catches: [],
});

/** The signature makes a key a key. */
export const signature: readonly Requirement[] = [
  {
    id: 'token/signature-present',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key without a signature is rejected with 401.',
    source: authentication('first paragraph'),
    advice: 'Require three non-empty segments and verify the third; decoding is not verifying.',
    scenarios: [
      send(['stripped', { sign: 'none' }, 'the signature is stripped and its dot is kept']),
      send([
        'stripped-with-dot',
        { compact: '{header}.{payload}' },
        'the signature is stripped together with its dot',
      ]),
    ],
  },
  {
    id: 'token/signature-verified',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose signature does not verify is rejected with 401.',
    source: authentication('first paragraph'),
    advice: 'Verify the signature with a fixed list of algorithms before reading any claim.',
    scenarios: edits.map(([edit, title]) => send([edit, { sign: { bytes: edit } }, title])),
  },
  {
    id: 'token/signature-covers-content',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key whose header or payload is not what was signed is rejected with 401.',
    source: authentication('first paragraph'),
    advice: 'Verify over the received header and payload segments, not over values that were decoded before.',
    scenarios: [
      ...contents.map(send),
      {
        ...send([
          'write-payload-on-read-key',
          { payload: { of: 'write' } },
          'the payload is taken from the write key',
        ]),
        key: 'read',
      },
      {
        ...send([
          'write-signature-on-read-key',
          { sign: { of: 'write' } },
          'the signature is taken from the write key',
        ]),
        key: 'read',
      },
      {
        ...send([
          'payload-of-other-project',
          { payload: { of: 'other-project-write' } },
          'the payload is taken from a key of another project',
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
    scenarios: strangers.map(send),
  },
];
