import { asClaims } from '../keyring.ts';
import type { Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import { peek, type TokenParts } from './decode.ts';
import type { Fault } from './fault.ts';

/** A token that was verified before, as a faulty server remembers it. */
interface KnownToken {
  readonly signature: Buffer;
  readonly text: string;
  readonly claims: Claims;
}

interface SignatureContext {
  readonly parts: TokenParts;
  readonly signature: Buffer;
  readonly claims: Claims;
  /** The known token with the same header and payload. */
  readonly sameInput: KnownToken | undefined;
  /** The known token with the same signature. */
  readonly sameSignature: KnownToken | undefined;
  /** The last signature for the same header and payload that did not verify; undefined if there was none. */
  readonly before: Buffer | undefined;
  /** The same token was rejected before. */
  readonly isRepeated: boolean;
}

interface Row {
  readonly id: string;
  readonly breaks: string;
  readonly caughtBy: readonly string[];
  /** The only operation with the fault. */
  readonly on?: string;
  readonly believes: (look: SignatureContext) => boolean;
}

const whole = 'The whole signature is compared; a similar one is rejected.';
const covers = 'The signature covers header and payload to the last character.';
const issuer = 'A signature of another issuer is rejected.';

const differing = (one: Buffer, other: Buffer | undefined): number[] =>
  other === undefined || one.length !== other.length
    ? []
    : [...one.keys()].filter((index) => one[index] !== other[index]);

const edited = (id: string, believes: (signature: Buffer, known: Buffer) => boolean): Row => ({
  id: `signature-${id}-accepted`,
  breaks: whole,
  caughtBy: [`token/signature-verified/${id}`],
  believes: ({ signature, sameInput }) => sameInput !== undefined && believes(signature, sameInput.signature),
});

/** One bit is not compared. */
const uncompared = (id: string, mask: number, isIt: (index: number, last: number) => boolean): Row =>
  edited(id, (signature, known) => {
    const [index, ...more] = differing(signature, known);
    if (index === undefined || more.length > 0 || !isIt(index, known.length - 1)) return false;
    return ((signature[index] ?? 0) ^ (known[index] ?? 0)) === mask;
  });

/** True if the number in the second half of an EdDSA signature is below the order of the curve. */
const isInRange = (signature: Buffer): boolean => signature.length === 64 && (signature[63] ?? 0xff) < 0x10;
const reversed = (bytes: Buffer): Buffer => Buffer.from(bytes).reverse();
const isAll = (bytes: Buffer, value: number): boolean => bytes.every((byte) => byte === value);

/**
 * True if the signature has the right length and is made neither from the known one nor from a single repeated byte.
 */
const isUnlike = (signature: Buffer, known: KnownToken | undefined): boolean =>
  known !== undefined &&
  signature.length === 64 &&
  !isAll(signature, 0xff) &&
  !isAll(signature, 0) &&
  differing(signature, known.signature).length > 16 &&
  !reversed(signature).equals(known.signature);

const edits: readonly Row[] = [
  // On all other operations this forged key represents the bad keys when scenarios compare their answers.
  { ...uncompared('flip-first-bit', 0x80, (index) => index === 0), on: 'getUserActivation' },
  {
    ...uncompared('flip-middle-bit', 0x10, (index, last) => index === (last + 1) >> 1),
    on: 'getUserActivation',
    caughtBy: ['token/signature-verified/flip-middle-bit', 'token/signature-verified/right-after-the-owner'],
  },
  uncompared('flip-last-bit', 0x01, (index, last) => index === last),
  edited('ones', (signature) => isAll(signature, 0xff) && signature.length > 1),
  edited('one-byte', (signature, known) => signature.length === 1 && signature[0] === known[0]),
  edited(
    'first-half',
    (signature, known) => signature.length === 32 && signature.equals(known.subarray(0, 32)),
  ),
  edited(
    'ten-times',
    (signature, known) => signature.length === 640 && signature.subarray(0, 64).equals(known),
  ),
  edited(
    'trailing-zero-byte',
    (signature, known) => signature.length === 65 && signature.subarray(0, 64).equals(known),
  ),
  edited(
    'leading-zero-byte',
    (signature, known) => signature.length === 65 && signature.subarray(1).equals(known),
  ),
  {
    ...edited('random', () => false),
    // A signature in range may be another issuer's, which is the same each time. Two different ones in a row are
    // random.
    believes: ({ signature, sameInput, sameSignature, before }) =>
      sameSignature === undefined &&
      isUnlike(signature, sameInput) &&
      (!isInRange(signature) ||
        (before !== undefined &&
          isInRange(before) &&
          isUnlike(before, sameInput) &&
          !before.equals(signature))),
  },
  edited('reversed', (signature, known) => signature.length === 64 && reversed(signature).equals(known)),
];

/** The signature is known, but the content differs from what was signed. */
const uncovered = (
  id: string,
  differs: (look: SignatureContext, known: KnownToken) => boolean,
  by = id,
): Row => ({
  id: `${id}-uncovered`,
  breaks: covers,
  caughtBy: [`token/signature-covers-content/${by}`],
  believes: (look) =>
    look.sameSignature !== undefined && differs(look, look.sameSignature) && look.parts.segments.length === 3,
});
const added = ({ claims }: SignatureContext, known: KnownToken): readonly string[] =>
  Object.keys(claims).filter((name) => !(name in known.claims));
const onlyHeader = ({ parts }: SignatureContext, { text }: KnownToken): boolean =>
  text.split('.')[1] === parts.segments[1];
const isOther = ({ claims }: SignatureContext, known: KnownToken): boolean => claims.sub !== known.claims.sub;

const changes: readonly Row[] = [
  {
    ...uncovered(
      'lesser-permission',
      (look, known) =>
        isOther(look, known) && look.claims.permission === 'read' && known.claims.permission === 'write',
    ),
    // Two scenarios send the same characters: one replaces the payload, the other the signature.
    caughtBy: ['read-payload-on-write-key', 'write-signature-on-read-key'].map(
      (id) => `token/signature-covers-content/${id}`,
    ),
  },
  {
    ...uncovered(
      'greater-permission',
      (look, known) =>
        isOther(look, known) &&
        look.claims.project === known.claims.project &&
        look.claims.permission === 'write' &&
        known.claims.permission === 'read',
    ),
    caughtBy: ['signature-of-read-key', 'write-payload-on-read-key'].map(
      (id) => `token/signature-covers-content/${id}`,
    ),
  },
  uncovered(
    'payload-of-other-project',
    (look, known) =>
      look.claims.project !== known.claims.project && look.claims.permission === known.claims.permission,
  ),
  uncovered('claim-added', (look, known) => added(look, known).join() === 'admin'),
  uncovered('permission-claims-added', (look, known) => added(look, known).includes('scope')),
  uncovered(
    'issued-now',
    (look, known) => look.claims.iat !== known.claims.iat && look.claims.jti === known.claims.jti,
  ),
  uncovered('not-yet-valid', (look, known) => added(look, known).join() === 'nbf'),
  uncovered('type-changed', (look, known) => onlyHeader(look, known) && look.parts.header.typ === 'at+jwt'),
  uncovered('member-added', (look, known) => onlyHeader(look, known) && isTold(look, 'conformance')),
  ...(
    [
      ['compressed', 'zip'],
      ['encrypted', 'enc'],
      ['nested', 'cty'],
    ] as const
  ).map(([id, member]): Row => {
    const row = uncovered(id, (look, known) => onlyHeader(look, known) && isTold(look, member));
    return { ...row, caughtBy: [`token/header-members-change-nothing/${id}`] };
  }),
  {
    ...uncovered(
      'type',
      (look, known) => onlyHeader(look, known) && typeof look.parts.header.typ === 'object',
    ),
    caughtBy: ['token/header-members-change-nothing/type-wrong'],
  },
];

/** True if a header with the usual algorithm has this member and no `crit`. */
function isTold({ parts: { header } }: SignatureContext, member: string): boolean {
  return header.alg === 'EdDSA' && member in header && !('crit' in header);
}

const namesOf = ({ parts }: SignatureContext): string => Object.keys(parts.header).sort().join();
const isForeign = ({ signature, sameSignature, sameInput }: SignatureContext): boolean =>
  isInRange(signature) &&
  sameSignature === undefined &&
  !isAll(signature, 0) &&
  (sameInput === undefined ||
    (differing(signature, sameInput.signature).length > 16 &&
      !reversed(signature).equals(sameInput.signature)));

const foreign = (id: string, isIt: (look: SignatureContext) => boolean): Row => ({
  id: `stranger-with-${id}-believed`,
  breaks: issuer,
  caughtBy: [`token/signed-by-issuer/${id}`],
  believes: (look) => isForeign(look) && isIt(look),
});

const strangers: readonly Row[] = [
  // A random part is never sent twice.
  foreign('same-key-id', ({ sameInput, isRepeated }) => sameInput !== undefined && isRepeated),
  foreign(
    'unknown-key-id',
    // A token that names an issuer is left to other faults.
    (look) =>
      namesOf(look) === 'alg,kid,typ' &&
      /^[a-z]+-[a-z]+$/.test(String(look.parts.header.kid)) &&
      !/^http:/.test(String((look.parts.payload as { readonly iss?: unknown }).iss)),
  ),
  foreign('no-key-id', (look) => namesOf(look) === 'alg,typ'),
  foreign('nothing-but-algorithm', (look) => namesOf(look) === 'alg' && look.parts.header.alg === 'EdDSA'),
];

/** Faults of servers that remember verified tokens and compare only part of a new one. */
export const nearSignatures: readonly Fault[] = [...edits, ...changes, ...strangers].map(
  ({ believes, on, ...fault }): Fault => ({
    ...fault,
    override: (policy) => remembering(policy, believes, on),
  }),
);

function remembering(policy: Policy, believes: Row['believes'], on: Row['on']): Partial<Policy> {
  const byInput = new Map<string, KnownToken>();
  const bySignature = new Map<string, KnownToken>();
  const refused = new Set<string>();
  const lastRefused = new Map<string, Buffer>();
  return {
    verify: async (text, ring, call) => {
      const parts = peek(text);
      const payload = asClaims(parts?.payload);
      const verified = await policy.verify(text, ring, call);
      if (parts === undefined || payload === undefined) return verified;
      const signature = Buffer.from(parts.signature, 'base64url');
      const name = signature.toString('base64url');
      if (verified !== undefined) {
        const known = { signature, text, claims: verified };
        byInput.set(parts.input, known);
        bySignature.set(name, known);
        return verified;
      }
      const [sameInput, sameSignature] = [byInput.get(parts.input), bySignature.get(name)];
      if (on !== undefined && call.operation?.operationId !== on) return undefined;
      const isRepeated = refused.has(text);
      refused.add(text);
      const before = lastRefused.get(parts.input);
      if (sameSignature === undefined) lastRefused.set(parts.input, signature);
      else lastRefused.delete(parts.input);
      const look = { parts, signature, claims: payload, sameInput, sameSignature, before, isRepeated };
      return believes(look) ? payload : undefined;
    },
  };
}
