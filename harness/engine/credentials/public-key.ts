import { createPublicKey, type KeyObject } from 'node:crypto';
import { defined } from '../../model/defined.ts';
import type { JsonObject, PemSpelling, PublicKeySpelling } from '../../model/index.ts';
import { NotForgeable } from './not-forgeable.ts';

/** The public keys of the target from its JWKS document. */
export interface PublicKeys {
  /** The text of the document as served. */
  readonly text: string;
  /** Only their public members. */
  readonly keys: readonly JsonObject[];
  /** The names of secret members that the document has, without duplicates. */
  readonly secretMembers: readonly string[];
}

/** Members of private and symmetric keys (RFC 7518 sections 6.2.2, 6.3.2 and 6.4). */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Reads a JWKS document (RFC 7517 section 5). Throws if it is not one. */
export function readPublicKeys(text: string): PublicKeys {
  const keys = keysIn(JSON.parse(text));
  const entries = keys.map((key) => Object.entries(key ?? {}));
  const isPublic = ([name]: readonly [string, unknown]): boolean => !secretMembers.includes(name);
  return {
    text,
    keys: entries.map((members) => Object.fromEntries(members.filter(isPublic))),
    secretMembers: secretMembers.filter((name) => keys.some((key) => key?.[name] !== undefined)),
  };
}

/** The document with a placeholder for each secret that it publishes by mistake, so that no report repeats it. */
export function withoutSecretMembers(text: string): string {
  if (readPublicKeys(text).secretMembers.length === 0) return text;
  return JSON.stringify(JSON.parse(text), (name, value: unknown) =>
    secretMembers.includes(name) ? 'removed' : value,
  );
}

function keysIn(value: unknown): readonly JsonObject[] {
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  if (!Array.isArray(keys)) throw new Error('it is not a JWKS document: it has no "keys" array');
  return keys as JsonObject[];
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
      return bytesOf(jwk.x ?? jwk.n);
    case 'raw-base64url':
      return Buffer.from(String(jwk.x ?? jwk.n));
    case 'jwk-members':
      return Buffer.from(JSON.stringify(membersOf(jwk)));
    case 'openssh-line':
      return Buffer.from(opensshLine(jwk));
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

/** The line that `ssh-keygen` writes, without a comment (RFC 4253 section 6.6, RFC 5656 section 3.1, RFC 8709 section 4). */
function opensshLine(jwk: JsonObject): string {
  const { kty, crv, e, n, x } = jwk;
  if (kty === 'OKP' && crv === 'Ed25519') return sshLine('ssh-ed25519', [bytesOf(x)]);
  if (kty === 'RSA') return sshLine('ssh-rsa', [positive(bytesOf(e)), positive(bytesOf(n))]);
  const curve = kty === 'EC' && /^P-(256|384|521)$/.exec(String(crv))?.[1];
  if (!curve) throw new NotForgeable('OpenSSH has no line for this kind of public key');
  const point = Buffer.concat([Buffer.of(4), ...coordinatesOf(jwk)]);
  return sshLine(`ecdsa-sha2-nistp${curve}`, [Buffer.from(`nistp${curve}`), point]);
}

function sshLine(type: string, parts: readonly Buffer[]): string {
  const sized = [Buffer.from(type), ...parts].flatMap((part) => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(part.length);
    return [size, part];
  });
  return `${type} ${Buffer.concat(sized).toString('base64')}`;
}

/** A positive number as `mpint` (RFC 4251 section 5): the first bit is the sign. */
function positive(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) < 128 ? bytes : Buffer.concat([Buffer.of(0), bytes]);
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(String(value), 'base64url');
}

function coordinatesOf(jwk: JsonObject): [Buffer, Buffer] {
  if (jwk.kty !== 'EC') throw new NotForgeable('only elliptic curve keys have a point of two coordinates');
  return [bytesOf(jwk.x), bytesOf(jwk.y)];
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
