/** How the catalogue describes a credential: one deviation from a valid key. */

import type { JsonObject, KeyRole } from './terms.ts';

/** What is changed in the bytes of the signature. */
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
  | 'jwk-members'
  | 'openssh-line';

/** A PEM text as somebody may have configured it. The default is what OpenSSL writes. */
export interface PemSpelling {
  readonly pem: 'spki' | 'pkcs1';
  readonly before?: string;
  /** Replaces the final newline. */
  readonly after?: string;
  readonly newline?: string;
  /** Characters in a line; 0: all in one line. */
  readonly width?: number;
  /** Without the BEGIN and END lines. */
  readonly bare?: true;
}

/** Who signs the edited token. `kept` keeps the original signature. */
export type Signing =
  | 'kept'
  | 'none'
  | 'stranger'
  | { readonly bytes: SignatureEdit }
  | { readonly of: KeyRole }
  /** The signature segment as given. */
  | { readonly segment: string }
  | {
      readonly hmac: 'HS256' | 'HS384' | 'HS512';
      readonly secret:
        | string
        | { readonly publicKey: PublicKeySpelling }
        | { readonly publicPem: PemSpelling }
        /** The key id of the original. */
        | { readonly keyId: true }
        /** The public key of a pair that the target has never seen. The header may contain it. */
        | { readonly strangerKey: PublicKeySpelling };
    };

/**
 * One deviation from a valid key. Header and payload are edited first, then signed, then put together. String values of
 * `set` that start with `$` are references: `$kid` (original key id), `$alg`, and what another issuer includes or
 * publishes: `$stranger-alg`, `$stranger-jwk`, `$stranger-pem`, `$stranger-jwks-data` (a data URL), `$stranger-jwks-url`
 * (a server of the run on loopback), `$stranger-jwks-behind-target` (the same, with the address of the target as user
 * name), `$stranger-jwks-file`, `$stranger-issuer` (an address below which an issuer publishes its keys),
 * `$stranger-x5c`, `$stranger-x5u` and `$stranger-x5u-data`.
 */
export interface Forgery {
  readonly header?: {
    readonly set?: JsonObject;
    readonly without?: readonly string[];
    /** JSON text that replaces the header; `{members}` is replaced by the original members without braces. */
    readonly text?: string;
    /** The whole header comes from another key. */
    readonly of?: KeyRole;
  };
  readonly payload?: {
    readonly set?: JsonObject;
    readonly text?: string;
    /** The whole payload comes from another key. */
    readonly of?: KeyRole;
    /** Adds a claim of this many bytes. */
    readonly padding?: number;
  };
  readonly sign?: Signing;
  /**
   * The algorithm of the other issuer; default: the algorithm of the key. The scenario does not apply if both are the
   * same.
   */
  readonly stranger?: 'RS256' | 'ES256' | 'EdDSA' | 'HS256';
  /** Encrypts to the public key of the target: the claims themselves, or the forged JWT. */
  readonly encrypt?: {
    readonly what: 'claims' | 'token';
    /** Compresses the content, which has this many bytes. */
    readonly inflates?: number;
  };
  /**
   * Layout of the segments: `{header}`, `{payload}`, `{signature}`, and the original ones as `{kept-header}`,
   * `{kept-payload}`, `{kept-signature}`; default `{header}.{payload}.{signature}`.
   */
  readonly compact?: string;
  /** A text that replaces the whole key; nothing is derived from a key. */
  readonly literal?: string;
}

/**
 * How and where the key is presented. Templates can use `{key}`, `{second}` (the unmodified read key) and `{project}`
 * (the id of the first project). `{event}`, `{user}`, `{product}` and `{item}` are ids of objects in that project;
 * `{address}` is the e-mail address of `{user}`; `{thing}` is the id of the object that the operation is about. A filter
 * follows a bar: `{key|percent-dots}`, `{key|percent-all}`, `{key|base64}`, `{key|basic-user}`, `{key|basic-password}`,
 * `{key|basic-named}` (user api), `{key|upper}`, `{key|lower}`, `{key|other-case}` (one letter), `{key|without-first}`,
 * `{key|without-last}`, `{key|padded}`, `{key|standard-base64}`. Templates can also use `{method}` and `{path}` of the
 * operation, `{relative-path}` (the path without its first slash), `{dotted-host}` (the host of the target with a dot at
 * its end), and `{etag}` of the previous answer.
 */
export interface Presentation {
  /** Header fields; default `{ Authorization: 'Bearer {key}' }`. */
  readonly headers?: { readonly [name: string]: string };
  readonly query?: { readonly [name: string]: string };
  /** Members added to a JSON body; a body that is an array does not change. */
  readonly json?: { readonly [name: string]: string };
  /** Members added to a JSON body, or to each object of a body that is an array. */
  readonly members?: { readonly [name: string]: string };
  /** Members that the JSON body already has, in any case, so each appears twice: before or after the original. */
  readonly twice?: {
    readonly at: 'first' | 'last';
    readonly members: { readonly [name: string]: string };
  };
  readonly coding?: BodyCoding;
  /** A form body that replaces the JSON body. */
  readonly form?: { readonly [name: string]: string };
  /** A text or template that replaces the JSON body; the content type is still JSON. */
  readonly body?: string;
  /** Sends the members of the JSON body as fields of a form. */
  readonly asForm?: true;
  /** Sends no content type. */
  readonly untyped?: true;
  /** Only with `lines`: replaces `{method} {target} HTTP/1.1`; can also use `{url}`, `{origin}` and `{lower-method}`. */
  readonly requestLine?: string;
  /** Header lines that go to a raw socket byte for byte. For what an HTTP client does not send. */
  readonly lines?: readonly string[];
  /** A line after the last chunk of a chunked body; needs a raw socket too. */
  readonly trailer?: string;
}

/**
 * How the body of a request is sent: in chunks, or in a content coding (RFC 9110 section 8.4). `identity` changes
 * nothing, `x-gzip` is another name of gzip, and `zstd` has the content in stored blocks.
 */
export type BodyCoding = 'chunked' | 'identity' | 'gzip' | 'x-gzip' | 'deflate' | 'br' | 'zstd';

/** What a presented credential adds to a request. Query values are not yet percent-encoded. */
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
