/** The words in which the catalogue describes a credential: one deviation from a valid key. */

import type { JsonObject, KeyRole } from './terms.ts';

/** What is done to the signature segment, as bytes. */
export type SignatureEdit =
  | 'flip-first-bit'
  | 'flip-middle-bit'
  | 'flip-last-bit'
  | 'zeros'
  | 'ones'
  | 'random'
  | 'one-byte'
  | 'first-half'
  | 'ten-times'
  | 'trailing-zero-byte'
  | 'leading-zero-byte'
  | 'reversed'
  | 'unused-bits'
  | 'ecdsa-order-minus-s'
  | 'ecdsa-zero'
  | 'ecdsa-order'
  | 'der';

/** How the public key of the target is spelled when it is misused as an HMAC secret. */
export type PublicKeySpelling =
  | 'spki-pem'
  | 'spki-pem-without-final-newline'
  | 'spki-pem-crlf'
  | 'pkcs1-pem'
  | 'spki-der'
  | 'spki-base64'
  | 'jwk'
  | 'jwks'
  | 'raw-bytes'
  | 'raw-base64url'
  | 'raw-point'
  | 'raw-compressed-point'
  | 'pkcs1-der'
  | 'jwk-members';

/** A PEM text as somebody may have configured it. Nothing that is said: as OpenSSL writes it. */
export interface PemSpelling {
  readonly pem: 'spki' | 'pkcs1';
  readonly before?: string;
  /** In place of the final newline. */
  readonly after?: string;
  readonly newline?: string;
  /** Characters of a line; 0: all in one. */
  readonly width?: number;
  /** Without the lines that say what it is. */
  readonly bare?: true;
}

/** Who signs the edited token. `kept` leaves the original signature in place. */
export type Signing =
  | 'kept'
  | 'none'
  | 'stranger'
  | { readonly bytes: SignatureEdit }
  | { readonly of: KeyRole }
  /** The signature segment itself. */
  | { readonly segment: string }
  | {
      readonly hmac: 'HS256' | 'HS384' | 'HS512';
      readonly secret:
        | string
        | { readonly publicKey: PublicKeySpelling }
        | { readonly publicPem: PemSpelling }
        /** That of a pair the target has never seen, which the header may bring along. */
        | { readonly strangerKey: PublicKeySpelling };
    };

/**
 * One deviation from a valid key. Header and payload are edited first, then signed, then laid out.
 * String values of `set` that start with `$` are references: `$kid` (original key id), `$alg`,
 * and what a stranger brings along or has somewhere: `$stranger-alg`, `$stranger-jwk`, `$stranger-jwks-data` (a data
 * URL), `$stranger-jwks-url` (a server of the run on loopback), `$stranger-jwks-behind-target` (the same with the address
 * of the target as user name), `$stranger-jwks-file`, `$stranger-x5c`, `$stranger-x5u` and `$stranger-x5u-data`.
 */
export interface Forgery {
  readonly header?: {
    readonly set?: JsonObject;
    readonly without?: readonly string[];
    /** JSON text in place of the header; `{members}` stands for the original members without braces. */
    readonly text?: string;
    /** Taken whole from another key. */
    readonly of?: KeyRole;
  };
  readonly payload?: {
    readonly set?: JsonObject;
    readonly text?: string;
    /** Taken whole from another key. */
    readonly of?: KeyRole;
    /** Adds a claim of so many bytes. */
    readonly padding?: number;
  };
  readonly sign?: Signing;
  /** What the stranger signs with. Without it, the algorithm of the key; does not apply where it is the same. */
  readonly stranger?: 'RS256' | 'ES256' | 'EdDSA' | 'HS256';
  /** Encrypts to the public key of the target: the claims themselves, or the JWT that was made. */
  readonly encrypt?: {
    readonly what: 'claims' | 'token' /** Compressed, from so many bytes. */;
    readonly inflates?: number;
  };
  /**
   * Layout of the segments: `{header}`, `{payload}`, `{signature}`, and as they were `{kept-header}`, `{kept-payload}`,
   * `{kept-signature}`; default `{header}.{payload}.{signature}`.
   */
  readonly compact?: string;
  /** A text that replaces the key altogether; nothing is derived from a key then. */
  readonly literal?: string;
}

/**
 * How and where the key is presented. Templates know `{key}`, `{second}` (the unmodified read key), and `{project}`
 * (the id of the first project), and of what it holds `{event}`, `{user}`, `{product}` and `{item}` (their ids); `{thing}`
 * is the id of what the operation is about,
 * with filters after a bar: `{key|percent-dots}`, `{key|percent-all}`, `{key|base64}`, `{key|basic-user}`,
 * `{key|basic-password}`, `{key|upper}`, `{key|lower}`, `{key|other-case}` (one letter), `{key|without-first}`, `{key|without-last}`,
 * `{key|padded}`, `{key|standard-base64}`. They know `{method}` and `{path}` of the operation as well, and
 * `{dotted-host}`, the host of the target with a dot behind its name, and `{etag}` of the answer that came before.
 */
export interface Presentation {
  /** Header fields; default `{ Authorization: 'Bearer {key}' }`. */
  readonly headers?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  /** Members added to a JSON body (a body that is an array is left alone). */
  readonly json?: { readonly [name: string]: string };
  /** Members added to a JSON body, and to each object of one that is an array. */
  readonly members?: { readonly [name: string]: string };
  /** Members that the JSON body has as well, so that each of them stands there twice: before or behind its own. */
  readonly twice?: {
    readonly at: 'first' | 'last';
    readonly members: { readonly [name: string]: string };
  };
  readonly coding?: BodyCoding;
  /** A form body in place of the JSON body. */
  readonly form?: { readonly [name: string]: string };
  /** A text in place of the JSON body, announced as JSON all the same. */
  readonly body?: string;
  /** The members of the JSON body go as fields of a form. */
  readonly asForm?: true;
  /** Announces no content type. */
  readonly untyped?: true;
  /** With lines only: in place of `{method} {target} HTTP/1.1`; knows `{url}` and `{origin}` as well. */
  readonly requestLine?: string;
  /** Header lines that go to a raw socket byte for byte, for what an HTTP client refuses to send. */
  readonly lines?: readonly string[];
  /** A line behind the last chunk of a chunked body; raw as well. */
  readonly trailer?: string;
}

/** How the body of a request is written to the wire: in chunks, or compressed (RFC 9110 section 8.4). */
export type BodyCoding = 'chunked' | 'gzip' | 'deflate' | 'br';

/** What presenting a credential adds to a request. Query values are not yet percent-encoded. */
export interface PresentedParts {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
  readonly json: { readonly [name: string]: string };
  readonly members?: Presentation['members'];
  readonly twice?: Presentation['twice'];
  readonly coding?: BodyCoding;
  readonly form?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly asForm?: true;
  readonly untyped?: true;
  readonly requestLine?: string;
  readonly lines?: readonly string[];
  readonly trailer?: string;
}
