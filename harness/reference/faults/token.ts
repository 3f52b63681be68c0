import { createPublicKey } from 'node:crypto';
import { compactVerify, EmbeddedJWK } from 'jose';
import { asClaims } from '../keyring.ts';
import type { Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import { broughtKeys } from './brought-keys.ts';
import { costly } from './costly.ts';
import { crashes } from './crashes.ts';
import { believed, isHmacOf, peek } from './decode.ts';
import { ecdsa } from './ecdsa.ts';
import type { Fault } from './fault.ts';
import { isForNextHop } from './for-next-hop.ts';
import { guesses } from './guesses.ts';
import { keptVerdicts } from './kept-verdicts.ts';
import { keyIds } from './key-ids.ts';
import { mangledTexts } from './mangled-texts.ts';
import { minting } from './minting.ts';
import { nearSignatures } from './near-signatures.ts';
import { replaying } from './replaying.ts';
import { secrets } from './secrets.ts';
import { segments } from './segments.ts';
import { strangeAlgorithms } from './strange-algorithms.ts';
import { trusting } from './trusting.ts';
import { unverified } from './ungated.ts';
import { unsigned } from './unsigned.ts';

/** Faults in the verification of the signed token. */
export const token: readonly Fault[] = [
  trusting(
    'signature-ignored',
    'The signature is verified, not only the payload decoded.',
    ({ segments }) => segments.length === 3,
  ),
  trusting(
    'alg-none-accepted',
    'A token that says it is unsigned is rejected.',
    ({ header, segments }) => header.alg === 'none' && segments.length === 3,
  ),
  trusting(
    'alg-none-misspelt-accepted',
    'A token that says it is unsigned is rejected in every spelling.',
    ({ header }) => header.alg !== 'none' && /^none$/i.test(String(header.alg).trim()),
  ),
  trusting(
    'empty-signature-accepted',
    'An empty signature is not a signature.',
    ({ header, segments, signature }) =>
      segments.length === 3 && signature === '' && !/none/i.test(String(header.alg)),
  ),
  trusting(
    'missing-signature-accepted',
    'A token has three segments.',
    ({ segments }) => segments.length === 2,
  ),
  trusting(
    'zero-signature-accepted',
    'A signature of zeros is not a signature.',
    ({ segments, signature }) => segments.length === 3 && signature.length > 20 && /^A+$/.test(signature),
  ),
  trusting('public-pem-as-hmac-secret', 'A public key is not a secret.', (peeked, { signer }) => {
    const pem = signer.publicPem?.trim();
    return pem !== undefined && [pem, `${pem}\n`].some((secret) => isHmacOf(peeked, secret));
  }),
  trusting(
    'brought-public-key-as-hmac-secret',
    'A public key is not a secret, wherever it comes from.',
    (peeked) => {
      const { jwk } = peeked.header;
      if (typeof jwk !== 'object' || jwk === null || 'k' in jwk) return false;
      const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
      return isHmacOf(peeked, key.export({ type: 'spki', format: 'pem' }).toString());
    },
  ),
  trusting('public-pkcs1-as-hmac-secret', 'A public key is not a secret.', (peeked, { signer }) => {
    if (signer.publicJwk?.kty !== 'RSA') return false;
    const key = createPublicKey({ key: { ...signer.publicJwk }, format: 'jwk' });
    const pem = key.export({ type: 'pkcs1', format: 'pem' }).toString();
    return [pem, pem.trim()].some((secret) => isHmacOf(peeked, secret));
  }),
  trusting('public-jwk-as-hmac-secret', 'A public key is not a secret.', (peeked, { signer }) => {
    const jwk = signer.publicJwk;
    if (jwk === undefined) return false;
    const raw = Buffer.from(jwk.x ?? jwk.n ?? '', 'base64url');
    return [JSON.stringify(jwk), JSON.stringify({ keys: [jwk] }), raw].some((secret) =>
      isHmacOf(peeked, secret),
    );
  }),
  trusting('public-point-as-hmac-secret', 'A public key is not a secret.', (peeked, { signer }) => {
    const { x, y } = signer.publicJwk ?? {};
    if (x === undefined || y === undefined) return false;
    const coordinates = [x, y].map((coordinate) => Buffer.from(coordinate, 'base64url'));
    return isHmacOf(peeked, Buffer.concat([Buffer.of(4), ...coordinates]));
  }),
  trusting(
    'unknown-kid-unverified',
    'A token that names an unknown key is rejected.',
    ({ header }, { signer }) => {
      const { kid } = header;
      return typeof kid === 'string' && /^[\w-]{1,64}$/.test(kid) && kid !== signer.kid;
    },
  ),
  trusting(
    'missing-kid-unverified',
    'A token that names no key is rejected.',
    ({ header }) => header.kid === undefined,
  ),
  trusting('kid-path-unverified', 'A path does not name a key.', ({ header }) =>
    /^[.\w]*[/\\]/.test(String(header.kid)),
  ),
  trusting('kid-injection-unverified', 'Part of a query does not name a key.', ({ header }) =>
    /['";]/.test(String(header.kid)),
  ),
  trusting(
    'crit-unverified',
    'A header that requires unknown extensions is rejected.',
    ({ header }) => header.crit !== undefined,
  ),
  {
    id: 'embedded-jwk-trusted',
    breaks: 'A server does not trust a key inside the token.',
    override: (policy) => ({
      verify: async (text, ring, call) => (await policy.verify(text, ring, call)) ?? (await embedded(text)),
    }),
  },
  {
    id: 'signature-tail-ignored',
    breaks: 'A signature with extra bytes is not a signature.',
    override: (policy) => ({
      verify: (text, ring, call) => {
        const { input = '', signature = '' } = peek(text) ?? {};
        const bytes = Buffer.from(signature, 'base64url');
        const cut =
          bytes.length > 64 && ring.signer.algorithm !== 'RS256' && ring.signer.algorithm !== 'PS256';
        return policy.verify(
          cut ? `${input}.${bytes.subarray(0, 64).toString('base64url')}` : text,
          ring,
          call,
        );
      },
    }),
  },
  {
    id: 'fourth-segment-ignored',
    breaks: 'A token has three segments.',
    override: (policy) => ({
      verify: (text, ring, call) => policy.verify(text.split('.').slice(0, 3).join('.'), ring, call),
    }),
  },
  {
    id: 'expired-unverified',
    breaks: 'The signature of a key that names a time in the past is verified, too.',
    override: (policy) => ({
      verify: async (text, ring, call) => {
        const claims = await policy.verify(text, ring, call);
        const { exp, ...payload } = (peek(text)?.payload ?? {}) as { readonly exp?: unknown };
        const isPast = typeof exp === 'number' && exp < Date.now() / 1000;
        return claims ?? (isPast ? asClaims(payload) : undefined);
      },
    }),
  },
  remembering('verified-once', 'Every signature is verified.', ({ input }) => input),
  remembering(
    'verified-by-signature',
    'The signature covers header and payload.',
    ({ signature }) => signature,
  ),
  ...secrets,
  ...unsigned,
  ...broughtKeys,
  ...keyIds,
  ...guesses,
  ...crashes,
  ...costly,
  ...ecdsa,
  ...minting,
  ...keptVerdicts,
  replaying('write-replayed-before-authentication', 'unverified'),
  {
    id: 'connection-header-unverified',
    breaks: 'A key is verified, also if the connection claims its header.',
    override: (policy) => ({
      verify: async (text, ring, call) =>
        (isForNextHop(call.request) ? believed(text, () => true) : undefined) ??
        policy.verify(text, ring, call),
    }),
  },
  ...segments,
  ...strangeAlgorithms,
  ...mangledTexts,
  ...nearSignatures,
  ...unverified,
];

function remembering(
  id: string,
  breaks: string,
  by: (peeked: NonNullable<ReturnType<typeof peek>>) => string,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => {
      const seen = new Set<string>();
      return {
        verify: async (text, ring, call) => {
          const peeked = peek(text);
          if (peeked !== undefined && peeked.segments.length === 3 && seen.has(by(peeked))) {
            const claims = asClaims(peeked.payload);
            if (claims !== undefined) return claims;
          }
          const claims = await policy.verify(text, ring, call);
          if (claims !== undefined && peeked !== undefined) seen.add(by(peeked));
          return claims;
        },
      };
    },
  };
}

async function embedded(text: string): Promise<Claims | undefined> {
  try {
    const { payload } = await compactVerify(text, EmbeddedJWK);
    return asClaims(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return undefined;
  }
}
