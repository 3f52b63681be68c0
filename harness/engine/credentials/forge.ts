import type { Forgery, Key, KeyRole, Signing } from '../../model/index.ts';
import type { DocumentHost } from './document-host.ts';
import { encryptTo } from './encrypt.ts';
import { editHeader, encode, resolved } from './header-edit.ts';
import { NotForgeable } from './not-forgeable.ts';
import { algorithmOf, type ParsedKey, parseKey } from './parsed-key.ts';
import { type PublicKeys, publicKeyOf, readPublicKeys, spellPem, spellPublicKey } from './public-key.ts';
import { editSignature } from './signature-edits.ts';
import { hmac, type Stranger, strangerFor } from './signers.ts';

/** What forging needs in addition to the key itself. */
export interface ForgingMaterial {
  /** The key of another role; throws NotForgeable if the run does not have it. */
  keyOf(role: KeyRole): Key;
  readonly publicKeys?: PublicKeys;
  /** Where another issuer's documents are served, if the target can reach them. */
  readonly documentHost?: DocumentHost;
}

/**
 * Creates the deviation from a valid key that a forgery describes. Returns the text to present as the key; throws
 * NotForgeable if the deviation has no meaning for keys of this algorithm.
 */
export async function forge(key: Key, forgery: Forgery, material: ForgingMaterial): Promise<string> {
  if (forgery.literal !== undefined) return forgery.literal;
  const parsed = parseKey(key);
  const algorithm = algorithmOf(parsed) ?? 'none';
  const stranger = await strangerOf(forgery, algorithm);

  const header = await headerOf(parsed, forgery.header, material, stranger);
  const payload = await editPayload(parsed, forgery.payload, material, stranger);
  const signing = forgery.sign ?? 'kept';
  const signature = signatureFor(`${header}.${payload}`, signing, { parsed, algorithm, material, stranger });
  const parts: Readonly<Record<string, string>> = {
    header,
    payload,
    signature,
    'kept-header': parsed.headerSegment,
    'kept-payload': parsed.payloadSegment,
    'kept-signature': parsed.signatureSegment,
  };
  const text = (forgery.compact ?? '{header}.{payload}.{signature}').replaceAll(
    /\{((?:kept-)?(?:header|payload|signature))\}/g,
    (_, name: string) => parts[name] ?? '',
  );
  if (forgery.encrypt !== undefined) {
    const jwk = publicKeyOf(known(material.publicKeys), parsed.header.kid);
    const claims = Buffer.from(payload, 'base64url').toString();
    return encryptTo(jwk, forgery.encrypt.what === 'claims' ? claims : text, forgery.encrypt);
  }
  if (text === key.value) throw new NotForgeable('the key has this form already');
  return text;
}

async function strangerOf(forgery: Forgery, algorithm: string): Promise<Stranger | undefined> {
  if (!JSON.stringify([forgery.header, forgery.payload?.set, forgery.sign]).includes('stranger'))
    return undefined;
  if (forgery.stranger === algorithm) {
    throw new NotForgeable(`the keys are signed with ${algorithm}; another scenario covers it`);
  }
  return strangerFor(forgery.stranger ?? algorithm);
}

async function headerOf(
  parsed: ParsedKey,
  edit: Forgery['header'],
  { keyOf, documentHost }: ForgingMaterial,
  stranger: Stranger | undefined,
): Promise<string> {
  if (edit === undefined) return parsed.headerSegment;
  if (edit.of !== undefined) return parseKey(keyOf(edit.of)).headerSegment;
  return editHeader(edit, { parsed, stranger, documentHost });
}

async function editPayload(
  parsed: ParsedKey,
  edit: Forgery['payload'],
  material: ForgingMaterial,
  stranger: Stranger | undefined,
): Promise<string> {
  if (edit === undefined) return parsed.payloadSegment;
  if (edit.of !== undefined) return parseKey(material.keyOf(edit.of)).payloadSegment;
  if (edit.text !== undefined) return encode(edit.text);
  const padding = edit.padding === undefined ? {} : { conformance_padding: 'x'.repeat(edit.padding) };
  const { documentHost } = material;
  const set = await resolved(edit.set, { parsed, stranger, documentHost });
  return encode(JSON.stringify({ ...parsed.payload, ...set, ...padding }));
}

/** What a signature may be made of. */
interface SignatureMaterial {
  readonly parsed: ParsedKey;
  readonly algorithm: string;
  readonly material: ForgingMaterial;
  readonly stranger: Stranger | undefined;
}

function signatureFor(
  input: string,
  signing: Signing,
  { parsed, algorithm, material, stranger }: SignatureMaterial,
): string {
  if (signing === 'kept') return parsed.signatureSegment;
  if (signing === 'none') return '';
  if (signing === 'stranger') {
    if (stranger === undefined) throw new NotForgeable('no key of another issuer could be made');
    return stranger.sign(input).toString('base64url');
  }
  if ('bytes' in signing) return editSignature(parsed.signatureSegment, signing.bytes, algorithm);
  if ('of' in signing) return parseKey(material.keyOf(signing.of)).signatureSegment;
  if ('segment' in signing) return signing.segment;
  return hmac(signing.hmac, secretOf(signing.secret, parsed, material, stranger), input).toString(
    'base64url',
  );
}

type Secret = Extract<Signing, { readonly hmac: string }>['secret'];

function secretOf(
  secret: Secret,
  parsed: ParsedKey,
  { publicKeys }: ForgingMaterial,
  stranger: Stranger | undefined,
): string | Buffer {
  if (typeof secret === 'string') return secret;
  const { kid } = parsed.header;
  if ('keyId' in secret) {
    if (typeof kid === 'string') return kid;
    throw new NotForgeable('the keys have no key id');
  }
  if ('publicPem' in secret) return spellPem(known(publicKeys), kid, secret.publicPem);
  if ('publicKey' in secret) return spellPublicKey(known(publicKeys), kid, secret.publicKey);
  return spellPublicKey(publicHalfOf(stranger), kid, secret.strangerKey);
}

function known(publicKeys: PublicKeys | undefined): PublicKeys {
  if (publicKeys !== undefined) return publicKeys;
  throw new NotForgeable('the public key of the target is unknown');
}

function publicHalfOf(stranger: Stranger | undefined): PublicKeys {
  const { jwk } = stranger ?? {};
  if (jwk === undefined || jwk.kty === 'oct') throw new NotForgeable('a shared secret has no public half');
  return readPublicKeys(JSON.stringify({ keys: [jwk] }));
}
