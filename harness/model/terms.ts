/** The basic terms: who may do what, and what a run can have. */

/** What an operation, or a key, is allowed to do. */
export type Permission = 'read' | 'write';
/** MUST: Mufi states it, or a statement of Mufi has no meaning without it. SHOULD: an RFC or good practice. */
export type Level = 'MUST' | 'SHOULD';

export const profiles = ['core', 'lifecycle', 'isolation', 'transport'] as const;
/** A group of requirements that a target can claim. */
export type Profile = (typeof profiles)[number];

/** What a requirement or scenario needs from the person who runs the suite. */
export type Capability =
  | 'write-key'
  | 'read-key'
  | 'revoked-key'
  | 'long-lived-key'
  | 'other-environment-key'
  | 'other-project-keys'
  | 'other-token'
  | 'key-control'
  | 'expiring-keys'
  | 'clock'
  | 'projects'
  | 'public-key'
  | 'https'
  | 'http2'
  | 'plain-http'
  | 'expendable-key'
  | 'replicas';

/** A credential that must be rejected on every operation, whatever the request is for. */
export type BadCredential =
  | 'no key'
  | 'unsigned key'
  | 'forged key'
  | 'revoked key'
  | 'key of another environment';

/** The key that a credential starts from. `prepared` and `successor` come from the preparation of the scenario. */
export type KeyRole =
  | 'write'
  | 'read'
  | 'revoked'
  | 'long-lived'
  | 'other-environment'
  | 'other-project-write'
  | 'other-project-read'
  | 'other-token'
  | 'prepared'
  | 'successor';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: JsonValue;
}

/** One operation of the API, from the OpenAPI document. */
export interface Operation {
  /** Method and path template, for example "POST /v1/events/create". */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly permission: Permission;
  readonly source: 'documented' | 'inferred';
  /** Success statuses in the document, and all statuses in it. */
  readonly success: readonly number[];
  readonly statuses: readonly number[];
  readonly takesBody: boolean;
  /** Values of path parameters in the document, by name. */
  readonly pathExamples: Readonly<Record<string, string>>;
}

/** The version of HTTP for a request; missing: HTTP/1.1. */
export type HttpVersion = 'HTTP/2';
