import { constants, createHmac, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { exportJWK } from 'jose/key/export';
import { generateKeyPair } from 'jose/key/generate/keypair';
import type { JsonObject } from '../../model/index.ts';
import { certify } from './certificate.ts';
import { NotForgeable } from './not-forgeable.ts';

/** A key pair that the target has never seen. */
export interface Stranger {
  readonly jwk: JsonObject;
  readonly algorithm: string;
  /** A certificate for it and the certificate of its authority; a shared secret has none. */
  readonly chain?: readonly Buffer[];
  /** Signs a signing input; returns the raw signature (RFC 7518 section 3). */
  sign(input: string): Buffer;
}

const strangers = new Map<string, Promise<Stranger>>();

/** A stranger for an algorithm, created once in a process. Throws NotForgeable for algorithms without key pairs. */
export function strangerFor(algorithm: string): Promise<Stranger> {
  const known = strangers.get(algorithm);
  if (known !== undefined) return known;
  const made = makeStranger(algorithm);
  strangers.set(algorithm, made);
  return made;
}

async function makeStranger(algorithm: string): Promise<Stranger> {
  const hash = `sha${algorithm.slice(2)}`;
  if (/^HS(256|384|512)$/.test(algorithm)) {
    const secret = 'a secret that the target has never seen, long enough for every HMAC';
    const jwk = { kty: 'oct', k: Buffer.from(secret).toString('base64url') };
    return { jwk, algorithm, sign: (input) => hmac(algorithm, secret, input) };
  }
  const pair = await generateKeyPair(algorithm, { extractable: true }).catch(() => {
    throw new NotForgeable(`the suite cannot sign with ${algorithm}`);
  });
  const privateKey = await asKeyObject(pair.privateKey);
  const jwk = (await exportJWK(pair.publicKey)) as JsonObject;
  const publicKey = createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });
  const chain = certify(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    jwk,
    algorithm,
    chain,
    sign: (input) => signWith(algorithm, hash, privateKey, Buffer.from(input)),
  };
}

async function asKeyObject(key: CryptoKey): Promise<KeyObject> {
  const { KeyObject: nodeKey } = await import('node:crypto');
  return nodeKey.from(key as Parameters<typeof nodeKey.from>[0]);
}

function signWith(algorithm: string, hash: string, key: KeyObject, input: Buffer): Buffer {
  if (algorithm.startsWith('ES')) return sign(hash, input, { key, dsaEncoding: 'ieee-p1363' });
  if (algorithm.startsWith('PS')) {
    const padding = constants.RSA_PKCS1_PSS_PADDING;
    return sign(hash, input, { key, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST });
  }
  return algorithm.startsWith('RS') ? sign(hash, input, key) : sign(null, input, key);
}

/** HMAC of a signing input with any secret, including secrets that a library rejects. */
export function hmac(algorithm: string, secret: string | Buffer, input: string): Buffer {
  return createHmac(`sha${algorithm.slice(2)}`, secret)
    .update(input)
    .digest();
}
