import { KeyObject, randomBytes, randomUUID } from 'node:crypto';
import {
  base64url,
  CompactSign,
  type CryptoKey,
  compactDecrypt,
  compactVerify,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  type JWK,
} from 'jose';

/** The algorithms that the reference server can sign its keys with. */
export const algorithms = ['EdDSA', 'ES256', 'RS256', 'PS256', 'HS256'] as const;
export type Algorithm = (typeof algorithms)[number];

/** Signs and verifies keys with one algorithm and its own key. */
export interface Signer {
  readonly algorithm: Algorithm;
  readonly kid: string;
  /** Missing if the algorithm has no public key. */
  readonly publicJwk?: JWK;
  readonly publicPem?: string;
  /** `header`: members in addition to alg, kid and typ. */
  sign(payload: object, header?: Readonly<Record<string, unknown>>): Promise<string>;
  /** The payload of a key with a valid signature; else undefined. */
  verify(token: string): Promise<unknown>;
  /** Decrypts what was encrypted to the public key (RFC 7516); undefined if it was not. */
  decrypt?(token: string, most?: number): Promise<string | undefined>;
}

/** Creates a signer with new key material; `secret` replaces random bytes. */
export async function createSigner(algorithm: Algorithm, secret?: string): Promise<Signer> {
  const kid = randomUUID();
  const verified = new Map<string, unknown>();
  const material = algorithm === 'HS256' ? symmetric(secret) : await asymmetric(algorithm);
  return {
    algorithm,
    kid,
    ...(material.pem === undefined ? {} : { publicPem: material.pem }),
    ...(material.jwk === undefined
      ? {}
      : { publicJwk: { ...material.jwk, kid, alg: algorithm, use: 'sig' } }),
    sign: (payload, header = {}) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(payload)))
        .setProtectedHeader({ typ: 'JWT', ...header, alg: algorithm, kid })
        .sign(material.signWith),
    ...(material.decryptWith === undefined ? {} : { decrypt: decrypting(material.decryptWith) }),
    verify: async (token) => {
      if (verified.has(token)) return verified.get(token);
      const payload = await verify(token, material.verifyWith, algorithm, kid);
      // What a signature covers never changes, so it is cached. Another step asks each time if the key is active.
      if (payload !== undefined) verified.set(token, payload);
      return payload;
    },
  };
}

async function verify(
  token: string,
  key: CryptoKey | Uint8Array,
  algorithm: Algorithm,
  kid: string,
): Promise<unknown> {
  // A decoder that tolerates padding, unused bits or the other alphabet would accept many spellings of one key.
  if (!token.split('.').every(isCanonical)) return undefined;
  try {
    const { payload, protectedHeader } = await compactVerify(token, key, { algorithms: [algorithm] });
    return protectedHeader.kid === kid ? JSON.parse(new TextDecoder().decode(payload)) : undefined;
  } catch {
    return undefined;
  }
}

function isCanonical(segment: string): boolean {
  try {
    return base64url.encode(base64url.decode(segment)) === segment;
  } catch {
    return false;
  }
}

function decrypting(key: KeyObject): NonNullable<Signer['decrypt']> {
  return async (token, most = 250_000) => {
    try {
      const { plaintext } = await compactDecrypt(token, key, { maxDecompressedLength: most });
      return new TextDecoder().decode(plaintext);
    } catch {
      return undefined;
    }
  };
}

interface Material {
  readonly signWith: CryptoKey | Uint8Array;
  readonly verifyWith: CryptoKey | Uint8Array;
  readonly jwk?: JWK;
  readonly pem?: string;
  readonly decryptWith?: KeyObject;
}

function symmetric(text: string | undefined): Material {
  const secret = text === undefined ? randomBytes(32) : new TextEncoder().encode(text);
  return { signWith: secret, verifyWith: secret };
}

async function asymmetric(algorithm: Algorithm): Promise<Material> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return {
    signWith: privateKey,
    verifyWith: publicKey,
    jwk: await exportJWK(publicKey),
    pem: await exportSPKI(publicKey),
    decryptWith: KeyObject.from(privateKey as Parameters<typeof KeyObject.from>[0]),
  };
}
