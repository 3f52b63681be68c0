import type { Forgery, JsonObject, JsonValue, Key, KeyRole, Signing } from '../../model/index.ts';
import { NotForgeable } from './not-forgeable.ts';
import { algorithmOf, type ParsedKey, parseKey } from './parsed-key.ts';
import { type PublicKeys, spellPublicKey } from './public-key.ts';
import { editSignature } from './signature-edits.ts';
import { hmac, type Stranger, strangerFor } from './signers.ts';

/** What forging draws on besides the key itself. */
export interface ForgingMaterial {
  /** The key of another role; throws NotForgeable where the run does not have it. */
  keyOf(role: KeyRole): Key;
  readonly publicKeys?: PublicKeys;
}

/**
 * Makes the deviation that a forgery describes from a valid key. Returns the text that is presented as the key;
 * throws NotForgeable where the deviation has no meaning for keys of this algorithm.
 */
export async function forge(key: Key, forgery: Forgery, material: ForgingMaterial): Promise<string> {
  if (forgery.literal !== undefined) return forgery.literal;
  const parsed = parseKey(key);
  const algorithm = algorithmOf(parsed) ?? 'none';
  const headerEdit = forgery.header;
  const needsStranger =
    forgery.sign === 'stranger' || JSON.stringify([headerEdit, forgery.sign]).includes('stranger');
  const stranger = needsStranger ? await strangerFor(algorithm) : undefined;

  const header = editHeader(parsed, headerEdit, material, stranger);
  const payload = editPayload(parsed, forgery.payload, material);
  const signature = signatureFor(
    `${header}.${payload}`,
    parsed,
    algorithm,
    forgery.sign ?? 'kept',
    material,
    stranger,
  );
  const text = (forgery.compact ?? '{header}.{payload}.{signature}')
    .replaceAll('{header}', header)
    .replaceAll('{payload}', payload)
    .replaceAll('{signature}', signature);
  if (text === key.value) throw new NotForgeable('the key is like that already');
  return text;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function editHeader(
  parsed: ParsedKey,
  edit: Forgery['header'],
  material: ForgingMaterial,
  stranger: Stranger | undefined,
): string {
  if (edit === undefined) return parsed.headerSegment;
  if (edit.of !== undefined) return parseKey(material.keyOf(edit.of)).headerSegment;
  if (edit.text !== undefined) {
    const members = JSON.stringify(without(parsed.header, edit.without ?? [])).slice(1, -1);
    return encode(edit.text.replace('{members}', () => members));
  }
  const resolve = (value: JsonValue): JsonValue => {
    if (value === '$kid') return parsed.header.kid ?? 'unknown';
    if (value === '$alg') return parsed.header.alg ?? 'none';
    if (value === '$stranger-jwk') return { ...stranger?.jwk, kid: parsed.header.kid ?? 'unknown' };
    return value;
  };
  const set = Object.entries(edit.set ?? {}).map(([name, value]) => [name, resolve(value)]);
  return encode(
    JSON.stringify({ ...without(parsed.header, edit.without ?? []), ...Object.fromEntries(set) }),
  );
}

function editPayload(parsed: ParsedKey, edit: Forgery['payload'], material: ForgingMaterial): string {
  if (edit === undefined) return parsed.payloadSegment;
  if (edit.of !== undefined) return parseKey(material.keyOf(edit.of)).payloadSegment;
  if (edit.text !== undefined) return encode(edit.text);
  const padding = edit.padding === undefined ? {} : { conformance_padding: 'x'.repeat(edit.padding) };
  return encode(JSON.stringify({ ...parsed.payload, ...edit.set, ...padding }));
}

function signatureFor(
  input: string,
  parsed: ParsedKey,
  algorithm: string,
  signing: Signing,
  material: ForgingMaterial,
  stranger: Stranger | undefined,
): string {
  if (signing === 'kept') return parsed.signatureSegment;
  if (signing === 'none') return '';
  if (signing === 'stranger') {
    if (stranger === undefined) throw new NotForgeable('no stranger key could be made');
    return stranger.sign(input).toString('base64url');
  }
  if ('bytes' in signing) return editSignature(parsed.signatureSegment, signing.bytes, algorithm);
  if ('of' in signing) return parseKey(material.keyOf(signing.of)).signatureSegment;
  const { secret } = signing;
  if (typeof secret === 'string') return hmac(signing.hmac, secret, input).toString('base64url');
  const [keys, spelling] =
    'publicKey' in secret
      ? [material.publicKeys, secret.publicKey]
      : [publicHalfOf(stranger), secret.strangerKey];
  if (keys === undefined) throw new NotForgeable('the public key of the target is not known');
  return hmac(signing.hmac, spellPublicKey(keys, parsed.header.kid, spelling), input).toString('base64url');
}

function publicHalfOf(stranger: Stranger | undefined): PublicKeys {
  const { jwk } = stranger ?? {};
  if (jwk === undefined || jwk.kty === 'oct') throw new NotForgeable('a shared secret has no public half');
  return { text: JSON.stringify({ keys: [jwk] }), keys: [jwk] };
}
