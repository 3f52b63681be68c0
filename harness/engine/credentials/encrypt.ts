import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { defined } from '../../model/defined.ts';
import type { Forgery, JsonObject } from '../../model/index.ts';
import { NotForgeable } from './not-forgeable.ts';

const encryption = 'A256GCM';

/** A compact JWE to a public key (RFC 7516). Anybody can create one, so it says nothing about its author. */
export function encryptTo(
  jwk: JsonObject,
  plaintext: string,
  { what, inflates }: NonNullable<Forgery['encrypt']>,
): string {
  const { header: means, contentKey, encryptedKey } = keyFor(jwk);
  const header = {
    ...means,
    enc: encryption,
    ...defined({ kid: jwk.kid }),
    ...(what === 'token' ? { cty: 'JWT' } : {}),
    ...(inflates === undefined ? {} : { zip: 'DEF' }),
  };
  const protectedHeader = Buffer.from(JSON.stringify(header)).toString('base64url');
  const content = inflates === undefined ? Buffer.from(plaintext) : compressed(plaintext, inflates);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv).setAAD(Buffer.from(protectedHeader));
  const ciphertext = Buffer.concat([cipher.update(content), cipher.final()]);
  return [protectedHeader, ...[encryptedKey, iv, ciphertext, cipher.getAuthTag()].map(encoded)].join('.');
}

function compressed(plaintext: string, bytes: number): Buffer {
  return deflateRawSync(Buffer.concat([Buffer.from(plaintext), Buffer.alloc(bytes, ' ')]), { level: 9 });
}

/** How the content key is sent to the owner of the public key (RFC 7518 sections 4.3 and 4.6). */
function keyFor(jwk: JsonObject): { header: JsonObject; contentKey: Buffer; encryptedKey: Buffer } {
  const key = createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });
  if (jwk.kty === 'RSA') {
    const contentKey = randomBytes(32);
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const encryptedKey = publicEncrypt({ key, padding, oaepHash: 'sha256' }, contentKey);
    return { header: { alg: 'RSA-OAEP-256' }, contentKey, encryptedKey };
  }
  if (jwk.kty !== 'EC') throw new NotForgeable('nothing can be encrypted to a key of this type');
  const own = generateKeyPairSync('ec', { namedCurve: String(jwk.crv) });
  const epk = own.publicKey.export({ format: 'jwk' }) as JsonObject;
  return {
    header: { alg: 'ECDH-ES', epk },
    contentKey: agreed(own.privateKey, key),
    encryptedKey: Buffer.alloc(0),
  };
}

/** Concat KDF for a 256-bit key (RFC 7518 section 4.6.2). */
function agreed(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const number = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const shared = diffieHellman({ privateKey, publicKey });
  const about = [number(encryption.length), Buffer.from(encryption), number(0), number(0), number(256)];
  return createHash('sha256')
    .update(Buffer.concat([number(1), shared, ...about]))
    .digest();
}

function encoded(bytes: Buffer): string {
  return bytes.toString('base64url');
}
