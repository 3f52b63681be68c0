import { createPublicKey, type KeyObject } from 'node:crypto';
import { defined } from '../../model/defined.ts';
import type { JsonObject, PemSpelling, PublicKeySpelling } from '../../model/index.ts';
import { NotForgeable } from './not-forgeable.ts';

/** The public keys of the target from its JWKS document. */
export interface PublicKeys {
  /** The text of the document as served. */
  readonly text: string;
  readonly keys: readonly JsonObject[];
}

/** Reads a JWKS document (RFC 7517 section 5). Throws if it is not one. */
export function readPublicKeys(text: string): PublicKeys {
  const value: unknown = JSON.parse(text);
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  if (!Array.isArray(keys)) throw new Error('it is not a JWKS document: it has no "keys" array');
  return { text, keys: keys as JsonObject[] };
}

/**
 * The bytes that an attacker would use as HMAC secret: the public key with this key id in one of its usual spellings.
 */
export function spellPublicKey(publicKeys: PublicKeys, keyId: unknown, spelling: PublicKeySpelling): Buffer {
  const jwk = publicKeyOf(publicKeys, keyId);
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
      return Buffer.from(onlyRsa(key).export({ type: 'pkcs1', format: 'pem' }));
    case 'pkcs1-der':
      return onlyRsa(key).export({ type: 'pkcs1', format: 'der' });
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
    case 'jwk-members':
      return Buffer.from(JSON.stringify(membersOf(jwk)));
    case 'raw-point':
      return Buffer.concat([Buffer.of(4), ...coordinatesOf(jwk)]);
    case 'raw-compressed-point': {
      const [x, y] = coordinatesOf(jwk);
      return Buffer.concat([Buffer.of(2 + ((y.at(-1) ?? 0) & 1)), x]);
    }
  }
}

/** The bytes of the public key with this key id as a PEM text that somebody may have configured. */
export function spellPem(publicKeys: PublicKeys, keyId: unknown, spelling: PemSpelling): Buffer {
  const { pem: type, before = '', after, newline = '\n', width = 64, bare } = spelling;
  const key = readKey(publicKeyOf(publicKeys, keyId));
  const text = (type === 'pkcs1' ? onlyRsa(key) : key).export({ type, format: 'pem' }).toString();
  const [first = '', ...lines] = text.trimEnd().split('\n');
  const last = lines.pop() ?? '';
  const base64 = lines.join('');
  const content = width === 0 ? [base64] : (base64.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
  const all = bare === true ? content : [first, ...content, last];
  const spelled = before + all.join(newline) + (after ?? newline);
  if (spelled === text) throw new NotForgeable('the public key is in one line already');
  return Buffer.from(spelled);
}

/** The public key with this key id, or the first one. */
export function publicKeyOf({ keys }: PublicKeys, keyId: unknown): JsonObject {
  const jwk = keys.find((candidate) => candidate?.kid === keyId) ?? keys[0];
  if (jwk === undefined) throw new NotForgeable('the JWKS document holds no key');
  return jwk;
}

/** The members that define a key, in alphabetical order (RFC 7638 section 3.2). */
function membersOf({ kty = '', crv, e, n, x, y }: JsonObject): JsonObject {
  return defined({ crv, e, kty, n, x, y });
}

function coordinatesOf(jwk: JsonObject): [Buffer, Buffer] {
  if (jwk.kty !== 'EC') throw new NotForgeable('only elliptic curve keys have a point of two coordinates');
  return [Buffer.from(String(jwk.x), 'base64url'), Buffer.from(String(jwk.y), 'base64url')];
}

function onlyRsa(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'rsa') throw new NotForgeable('only RSA keys have a PKCS #1 spelling');
  return key;
}

/** The key that a target serves may be invalid. */
function readKey(jwk: JsonObject): KeyObject {
  try {
    return createPublicKey({ key: jwk as Record<string, string>, format: 'jwk' });
  } catch {
    throw new NotForgeable('the public key of the target cannot be read');
  }
}
