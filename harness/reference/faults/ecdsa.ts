import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';

const ORDER = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';

/** Faults that only a server with ECDSA keys (ES256) can have. */
export const ecdsa: readonly Fault[] = [
  taking('psychic-signature', 'Zero is not an ECDSA signature (CVE-2022-21449).', (bytes) =>
    [bytes.subarray(0, 32), bytes.subarray(32)].every((half) => half.equals(Buffer.alloc(32))),
  ),
  taking(
    'psychic-signature-by-order',
    'A signature of the order of the curve counts as zero and is rejected.',
    (bytes) => [bytes.subarray(0, 32), bytes.subarray(32)].every((half) => half.toString('hex') === ORDER),
  ),
  {
    id: 'der-signature-accepted',
    breaks: 'A JWS signature is the two integers, not their DER encoding (RFC 7518 section 3.4).',
    override: (policy) => ({
      verify: (text, ring, call) => policy.verify(withoutDer(text), ring, call),
    }),
  },
  {
    id: 'denylist-by-signature',
    breaks: 'A revoked key is also rejected with the second valid form of its signature.',
    override: (policy) => {
      const alive = new Map<string, string>();
      return {
        isLive: (key, claims, call) => {
          const signature = call.presented?.split('.')[2] ?? '';
          const live = policy.isLive(key, claims, call);
          const first = alive.get(claims.jti);
          if (live && first === undefined) alive.set(claims.jti, signature);
          return live || (first !== undefined && first !== signature);
        },
      };
    },
  },
];

function taking(id: string, breaks: string, when: (signature: Buffer) => boolean): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      verify: async (text, ring, call) => {
        const peeked = peek(text);
        const bytes = Buffer.from(peeked?.signature ?? '', 'base64url');
        const open = peeked?.segments.length === 3 && bytes.length === 64 && when(bytes);
        return (open ? policy.read(peeked.payload, ring) : undefined) ?? policy.verify(text, ring, call);
      },
    }),
  };
}

function withoutDer(text: string): string {
  const { input = '', signature = '', segments } = peek(text) ?? {};
  const bytes = Buffer.from(signature, 'base64url');
  if (segments?.length !== 3 || bytes[0] !== 0x30 || bytes.length === 64) return text;
  const first = bytes[3] ?? 0;
  const halves = [bytes.subarray(4, 4 + first), bytes.subarray(6 + first)];
  const fixed = halves.map((half) => Buffer.concat([Buffer.alloc(32), half]).subarray(-32));
  return `${input}.${Buffer.concat(fixed).toString('base64url')}`;
}
