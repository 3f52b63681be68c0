import type { IncomingHttpHeaders } from 'node:http';

/** What a key allows. */
export type Permission = 'read' | 'write';

/** What a key says once its signature has been verified. */
export interface Claims {
  readonly sub: string;
  readonly jti: string;
  readonly project: string;
  readonly permission: Permission;
  readonly environment: string;
  readonly iat: number;
  readonly exp?: number;
}

/** What the server remembers of a key: never the key itself, only which generation of it is the current one. */
export interface KeyRecord {
  readonly id: string;
  readonly project: string;
  readonly permission: Permission;
  readonly environment: string;
  readonly jti: string;
  readonly issuedAt: number;
  readonly expiresAt?: number;
  readonly revoked: boolean;
  /** Handed out at the start of the server, and not created by key control. */
  readonly supplied: boolean;
  /** The generations before this one, newest last. */
  readonly retired: readonly Retired[];
}

/** A generation of a key that a regeneration has ended, at a time of the wall clock in milliseconds. */
export interface Retired {
  readonly jti: string;
  readonly at: number;
}

/** An operation of the API, as the generated document describes it. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly permission: Permission;
  readonly success: readonly number[];
}

/** A request as it arrived, before anything is decided about it. */
export interface ApiRequest {
  /** HEAD is turned into GET. */
  readonly method: string;
  readonly sentMethod: string;
  /** As it was on the wire, without the query. */
  readonly path: string;
  /** Host and port, where the request target is a whole URL. */
  readonly authority: string | undefined;
  /** Of HTTP: 1.1, 1.0 or 2.0. */
  readonly version: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they were on the wire. */
  readonly rawHeaders: readonly string[];
  /** The value of every Authorization line. */
  readonly authorization: readonly string[];
  /** One object for each connection. */
  readonly connection: object;
  text(): Promise<string>;
  /** The trailer fields, once the body has been read. */
  trailers(): Promise<NodeJS.Dict<string>>;
}

/** What a request presents as its key. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'repeated' };

/** Why a request is refused. Only the server knows; all reasons that lead to 401 look the same outside. */
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

/** The checks of a request, in an order that is part of the policy. */
export type Step = 'throttle' | 'authenticate' | 'authorize' | 'validate' | 'locate' | 'perform';

/** A response as plain data. A body of `undefined` is none; text and streams go out as they are, all else as JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** Who calls, once that is known. */
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

/** How an object was asked for. */
export interface Via {
  readonly how: 'id' | 'reference' | 'email' | 'list';
  readonly operationId: string;
}
