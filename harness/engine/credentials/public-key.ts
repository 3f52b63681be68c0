import { createPublicKey, type KeyObject } from 'node:crypto';
import type { JsonObject, PublicKeySpelling } from '../../model/index.ts';
import { NotForgeable } from './not-forgeable.ts';

/** The public keys of the target as its JWKS document shows them. */
export interface PublicKeys {
  /** The document's text as served. */
  readonly text: string;
  readonly keys: readonly JsonObject[];
}

/** Reads a JWKS document (RFC 7517 section 5). Throws where it is not one. */
export function readPublicKeys(text: string): PublicKeys {
  const value: unknown = JSON.parse(text);
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  if (!Array.isArray(keys)) throw new Error('it is not a JWKS document: it has no "keys" array');
  return { text, keys: keys as JsonObject[] };
}

/** The bytes an attacker would use as HMAC secret: the public key of a key id in one of its usual spellings. */
export function spellPublicKey(publicKeys: PublicKeys, keyId: unknown, spelling: PublicKeySpelling): Buffer {
  const jwk = publicKeys.keys.find((candidate) => candidate?.kid === keyId) ?? publicKeys.keys[0];
  if (jwk === undefined) throw new NotForgeable('the JWKS document holds no key');
  const key = readKey(jwk);
  const pem = key.export({ type: 'spki', format: 'pem' }).toString();
  const der = key.export({ type: 'spki', format: 'der' });
  switch (spelling) {
    case 'spki-pem':
      return Buffer.from(pem);
    case 'spki-pem-without-final-newline':
      return Buffer.from(pem.trimEnd());
    case 'spki-pem-crlf':
      return Buffer.from(pem.replaceAll('\n', '\r\n'));
    case 'pkcs1-pem':
      if (jwk.kty !== 'RSA') throw new NotForgeable('only RSA keys have a PKCS #1 spelling');
      return Buffer.from(key.export({ type: 'pkcs1', format: 'pem' }));
    case 'spki-der':
      return der;
    case 'spki-base64':
      return Buffer.from(der.toString('base64'));
    case 'jwk':
      return Buffer.from(JSON.stringify(jwk));
    case 'jwks':
      return Buffer.from(publicKeys.text);
    case 'raw-bytes':
      return Buffer.from(String(jwk.x ?? jwk.n), 'base64url');
    case 'raw-base64url':
      return Buffer.from(String(jwk.x ?? jwk.n));
    case 'raw-point':
      if (jwk.kty !== 'EC')
        throw new NotForgeable('only elliptic curve keys have a point of two coordinates');
      return Buffer.concat([
        Buffer.from([0x04]),
        Buffer.from(String(jwk.x), 'base64url'),
        Buffer.from(String(jwk.y), 'base64url'),
      ]);
  }
}

/** What a target serves as its key may be anything. */
function readKey(jwk: JsonObject): KeyObject {
  try {
    return createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });
  } catch {
    throw new NotForgeable('the public key of the target cannot be read');
  }
}
