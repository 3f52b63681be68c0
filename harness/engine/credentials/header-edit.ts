import { createPublicKey, type JsonWebKey } from 'node:crypto';
import type { Forgery, JsonObject, JsonValue } from '../../model/index.ts';
import type { DocumentHost } from './document-host.ts';
import { NotForgeable } from './not-forgeable.ts';
import type { ParsedKey } from './parsed-key.ts';
import type { Stranger } from './signers.ts';

/** The key id that a stranger gives its key, if not that of the original. */
const otherKeyId = 'conformance-stranger';

/** What editing the header of a forgery needs. */
export interface HeaderMaterial {
  readonly parsed: ParsedKey;
  readonly stranger: Stranger | undefined;
  readonly documentHost?: DocumentHost | undefined;
}

/** The header segment after members are set, removed or replaced. */
export async function editHeader(
  edit: NonNullable<Forgery['header']>,
  material: HeaderMaterial,
): Promise<string> {
  const { parsed } = material;
  const kept = without(parsed.header, edit.without ?? []);
  if (edit.text !== undefined) {
    const members = JSON.stringify(kept).slice(1, -1);
    return encode(edit.text.replace('{members}', () => members));
  }
  return encode(JSON.stringify({ ...kept, ...(await resolved(edit.set, material)) }));
}

/** What a forgery sets, with the values that its references stand for. */
export async function resolved(set: JsonObject = {}, material: HeaderMaterial): Promise<JsonObject> {
  const members: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(set)) members.push([name, await resolve(value, material)]);
  return Object.fromEntries(members);
}

/** A text as a segment. */
export function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

async function resolve(
  value: JsonValue,
  { parsed, stranger, documentHost }: HeaderMaterial,
): Promise<JsonValue> {
  if (typeof value !== 'string' || !value.startsWith('$')) return value;
  const kid = parsed.header.kid ?? 'unknown';
  if (value === '$kid') return kid;
  if (value === '$alg') return parsed.header.alg ?? 'none';
  if (stranger === undefined) return value;
  const jwks = keySetOf(stranger, [kid]);
  switch (value) {
    case '$stranger-alg':
      return stranger.algorithm;
    case '$stranger-jwk':
      return { ...stranger.jwk, kid };
    case '$stranger-pem':
      return publicPemOf(stranger);
    case '$stranger-jwks-data':
      return dataUrl('application/json', jwks);
    case '$stranger-jwks-url':
      return served(documentHost).url(jwks, 'json');
    case '$stranger-jwks-behind-target':
      return served(documentHost).urlBehindTarget(jwks, 'json');
    case '$stranger-jwks-file':
      return served(documentHost).file(jwks, 'json');
    case '$stranger-issuer':
      return served(documentHost).issuer(keySetOf(stranger, [kid, otherKeyId]));
    case '$stranger-x5c':
      return chainOf(stranger).map((certificate) => certificate.toString('base64'));
    case '$stranger-x5u':
      return served(documentHost).url(pemOf(chainOf(stranger)), 'pem');
    case '$stranger-x5u-data':
      return dataUrl('application/x-pem-file', pemOf(chainOf(stranger)));
    default:
      return value;
  }
}

/** The key set of a stranger, with its key under each of these ids. */
function keySetOf({ jwk, algorithm }: Stranger, kids: readonly JsonValue[]): string {
  return JSON.stringify({ keys: kids.map((kid) => ({ ...jwk, kid, alg: algorithm, use: 'sig' })) });
}

function publicPemOf({ jwk }: Stranger): string {
  if (jwk.kty === 'oct') throw new NotForgeable('a shared secret has no public half');
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' });
  return key.export({ type: 'spki', format: 'pem' }).toString();
}

function served(documentHost: DocumentHost | undefined): DocumentHost {
  if (documentHost !== undefined) return documentHost;
  throw new NotForgeable('only a run serves it, and only to a target on loopback');
}

function chainOf({ chain }: Stranger): readonly Buffer[] {
  if (chain !== undefined) return chain;
  throw new NotForgeable('a shared secret has no certificate');
}

function pemOf(chain: readonly Buffer[]): string {
  const lines = (certificate: Buffer): string =>
    certificate.toString('base64').replaceAll(/.{1,64}/g, (line) => `${line}\n`);
  return chain.map((one) => `-----BEGIN CERTIFICATE-----\n${lines(one)}-----END CERTIFICATE-----\n`).join('');
}

function dataUrl(type: string, text: string): string {
  return `data:${type};base64,${Buffer.from(text).toString('base64')}`;
}
