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
  | 'raw-point';

/** Who signs the edited token. `kept` leaves the original signature in place. */
export type Signing =
  | 'kept'
  | 'none'
  | 'stranger'
  | { readonly bytes: SignatureEdit }
  | { readonly of: KeyRole }
  | {
      readonly hmac: 'HS256' | 'HS384' | 'HS512';
      readonly secret:
        | string
        | { readonly publicKey: PublicKeySpelling }
        /** That of a pair the target has never seen, which the header may bring along. */
        | { readonly strangerKey: PublicKeySpelling };
    };

/**
 * One deviation from a valid key. Header and payload are edited first, then signed, then laid out.
 * String values of `set` that start with `$` are references: `$kid` (original key id), `$alg`,
 * `$stranger-jwk`.
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
  /** Layout of the segments: `{header}`, `{payload}`, `{signature}`; default `{header}.{payload}.{signature}`. */
  readonly compact?: string;
  /** A text that replaces the key altogether; nothing is derived from a key then. */
  readonly literal?: string;
}

/**
 * How and where the key is presented. Templates know `{key}`, `{second}` (the unmodified read key), and `{project}`
 * (the id of the first project),
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

/** What presenting a credential adds to a request. Query values are not yet percent-encoded. */
export interface PresentedParts {
  readonly headers: readonly (readonly [string, string])[];
  readonly query: readonly (readonly [string, string])[];
  readonly json: { readonly [name: string]: string };
  readonly form?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly asForm?: true;
  readonly untyped?: true;
  readonly requestLine?: string;
  readonly lines?: readonly string[];
  readonly trailer?: string;
}
