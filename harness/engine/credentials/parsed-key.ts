import type { JsonObject, Key } from '../../model/index.ts';

/** The three segments of a compact JWS, with its decoded header and payload. */
export interface ParsedKey {
  readonly headerSegment: string;
  readonly payloadSegment: string;
  readonly signatureSegment: string;
  readonly header: JsonObject;
  readonly payload: JsonObject;
}

/** The text that the signature of a key covers (RFC 7515 section 5.1). */
export function signedTextOf({ headerSegment, payloadSegment }: ParsedKey): string {
  return `${headerSegment}.${payloadSegment}`;
}

/** The bytes of the signature of a key. */
export function signatureOf({ signatureSegment }: ParsedKey): Buffer {
  return Buffer.from(signatureSegment, 'base64url');
}

const segment = /^[A-Za-z0-9_-]+$/;

/** True for three base64url segments if the first two are JSON objects (RFC 7515 section 3.1, RFC 7519 section 3). */
export function isCompactJwt(value: string): boolean {
  try {
    parseKey({ value, variable: '', description: '' });
    return true;
  } catch {
    return false;
  }
}

/** Parses a key. If it is not a signed JWT, throws a sentence that names the variable of the key, never the key. */
export function parseKey(key: Key): ParsedKey {
  const parts = key.value.split('.');
  const [headerSegment, payloadSegment, signatureSegment] = parts;
  if (
    parts.length !== 3 ||
    headerSegment === undefined ||
    payloadSegment === undefined ||
    signatureSegment === undefined ||
    !parts.every((part) => segment.test(part))
  ) {
    throw new Error(`${key.variable} is not a signed JWT: it does not have three base64url segments`);
  }
  return {
    headerSegment,
    payloadSegment,
    signatureSegment,
    header: readObject(headerSegment, `the header of ${key.variable}`),
    payload: readObject(payloadSegment, `the payload of ${key.variable}`),
  };
}

/** The name of the signature algorithm in a key's header, or undefined. */
export function algorithmOf(parsed: ParsedKey): string | undefined {
  const { alg } = parsed.header;
  return typeof alg === 'string' ? alg : undefined;
}

function readObject(text: string, what: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw new Error(`${what} is not JSON`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${what} is not a JSON object`);
  }
  return value as JsonObject;
}
