import { createHmac } from 'node:crypto';
import { asClaims } from '../keyring.ts';
import type { Claims } from '../model.ts';

/** A token that was decoded and not verified. */
export interface TokenParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: unknown;
  readonly segments: readonly string[];
  /** What a valid signature covers. */
  readonly input: string;
  readonly signature: string;
}

/** Decodes a token; undefined if header and payload are not JSON. */
export function peek(token: string): TokenParts | undefined {
  const segments = token.split('.');
  const [first = '', second = '', signature = ''] = segments;
  const header = json(first);
  if (typeof header !== 'object' || header === null) return undefined;
  return {
    header: header as Record<string, unknown>,
    payload: json(second),
    segments,
    input: `${first}.${second}`,
    signature,
  };
}

/** Accepts a token if its decoded parts pass `when`. */
export function believed(token: string, when: (peeked: TokenParts) => boolean): Claims | undefined {
  const peeked = peek(token);
  return peeked !== undefined && when(peeked) ? asClaims(peeked.payload) : undefined;
}

/** Whether a token is signed with a symmetric secret. */
export function isHmacOf(peeked: TokenParts, secret: string | Uint8Array): boolean {
  const size = /^HS(256|384|512)$/.exec(String(peeked.header.alg))?.[1];
  if (size === undefined) return false;
  return createHmac(`sha${size}`, secret).update(peeked.input).digest('base64url') === peeked.signature;
}

function json(segment: string): unknown {
  try {
    return JSON.parse(Buffer.from(segment, 'base64url').toString());
  } catch {
    return undefined;
  }
}
