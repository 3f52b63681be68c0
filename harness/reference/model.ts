import type { IncomingHttpHeaders } from 'node:http';

/** What a key allows. */
export type Permission = 'read' | 'write';

/** The claims of a key with a verified signature. */
export interface Claims {
  readonly sub: string;
  readonly jti: string;
  readonly project: string;
  readonly permission: Permission;
  readonly environment: string;
  readonly iat: number;
  readonly exp?: number;
}

/** What the server stores about a key: not the key itself, only its current generation. */
export interface KeyRecord {
  readonly id: string;
  readonly project: string;
  readonly permission: Permission;
  readonly environment: string;
  readonly jti: string;
  readonly issuedAt: number;
  readonly expiresAt?: number;
  readonly revoked: boolean;
  /** In milliseconds of the wall clock; undefined: not revoked. */
  readonly revokedAt?: number;
  /** True if it was created when the server started, and not by key control. */
  readonly supplied: boolean;
  /** The earlier generations, newest last. */
  readonly retired: readonly RetiredKey[];
}

/** A generation of a key that a regeneration replaced, and when, in milliseconds of the wall clock. */
export interface RetiredKey {
  readonly jti: string;
  readonly at: number;
}

/** An operation of the API, from the generated document. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly permission: Permission;
  readonly success: readonly number[];
}

/** A request as it arrived, before any decision. */
export interface ApiRequest {
  /** The method; GET for HEAD. */
  readonly method: string;
  readonly sentMethod: string;
  /** As on the wire, without the query. */
  readonly path: string;
  /** Host and port, if the request target is a whole URL. */
  readonly authority: string | undefined;
  /** The version of HTTP: 1.1, 1.0 or 2.0. */
  readonly version: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as on the wire. */
  readonly rawHeaders: readonly string[];
  /** The value of every Authorization line. */
  readonly authorization: readonly string[];
  /** One object for each connection. */
  readonly connection: object;
  text(): Promise<string>;
  /** The trailer fields; known when the body has been read. */
  trailers(): Promise<NodeJS.Dict<string>>;
}

/** What a request presents as its key. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'repeated' };

/** Why a request is rejected. Only the server knows: all reasons for a 401 look the same to the client. */
export type Why =
  | 'none'
  | 'malformed'
  | 'repeated'
  | 'unverified'
  | 'dead'
  | 'expired'
  | 'environment'
  | 'permission'
  | 'invalid'
  | 'missing'
  | 'rule'
  | 'throttled';

/** The checks of a request; the policy decides their order. */
export type Step = 'throttle' | 'authenticate' | 'authorize' | 'validate' | 'locate' | 'perform';

/** A response as plain data. `undefined` means no body. Text and streams are sent as they are, all else as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The caller, when it is known. */
export interface Caller {
  readonly claims: Claims;
  readonly project: string;
  readonly permission: Permission;
}

/** A request on its way through the steps. */
export interface Call {
  readonly request: ApiRequest;
  readonly operation: Operation | undefined;
  readonly params: Readonly<Record<string, string>>;
  presented?: string;
  caller?: Caller;
  body?: unknown;
  result?: unknown;
}

/** How a request names an object. */
export interface Via {
  readonly how: 'id' | 'reference' | 'email' | 'list';
  readonly operationId: string;
}
