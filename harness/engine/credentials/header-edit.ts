import type { Forgery, JsonObject, JsonValue } from '../../model/index.ts';
import type { DocumentHost } from './document-host.ts';
import { NotForgeable } from './not-forgeable.ts';
import type { ParsedKey } from './parsed-key.ts';
import type { Stranger } from './signers.ts';

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
  const set: [string, JsonValue][] = [];
  for (const [name, value] of Object.entries(edit.set ?? {}))
    set.push([name, await resolve(value, material)]);
  return encode(JSON.stringify({ ...kept, ...Object.fromEntries(set) }));
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
  const jwks = JSON.stringify({ keys: [{ ...stranger.jwk, kid, alg: stranger.algorithm, use: 'sig' }] });
  switch (value) {
    case '$stranger-alg':
      return stranger.algorithm;
    case '$stranger-jwk':
      return { ...stranger.jwk, kid };
    case '$stranger-jwks-data':
      return dataUrl('application/json', jwks);
    case '$stranger-jwks-url':
      return served(documentHost).url(jwks, 'json');
    case '$stranger-jwks-behind-target':
      return served(documentHost).urlBehindTarget(jwks, 'json');
    case '$stranger-jwks-file':
      return served(documentHost).file(jwks, 'json');
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
