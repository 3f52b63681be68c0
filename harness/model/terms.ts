/** The ground terms: who may do what, and what a run can have at hand. */

/** What an operation, or a key, is allowed to do. */
export type Permission = 'read' | 'write';
/** MUST: stated by Mufi, or without which a statement of Mufi's is empty. SHOULD: an RFC or good practice. */
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

/** A credential that has to be refused on every operation, whatever it is sent for. */
export type BadCredential =
  | 'no key'
  | 'unsigned key'
  | 'forged key'
  | 'revoked key'
  | 'key of another environment';

/** Which key a credential starts from. `prepared` and `successor` come from the scenario's preparation. */
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
  /** Statuses that the document lists as success, and all that it lists. */
  readonly success: readonly number[];
  readonly statuses: readonly number[];
  readonly takesBody: boolean;
}

/** A version of HTTP that a request asks for; without one it goes over HTTP/1.1. */
export type HttpVersion = 'HTTP/2';
