/** What is sent and received, and what is wrong with it. */

import type { BodyCoding } from './credential.ts';
import type { RequestVariant } from './request-variants.ts';
import type { BadCredential, HttpVersion, Level } from './terms.ts';

/** The file next to the report of a recorded run: what came from outside, so that it can be judged again. */
export const evidenceFile = 'evidence.json.gz';

/**
 * Of a longer body only this many bytes are kept and read, whether it is long on the wire or only when decompressed.
 */
export const keptBodyBytes = 1024 * 1024;

export const findingKinds = [
  'let-in',
  'side-effect',
  'leak',
  'server-error',
  'wrong-status',
  'shut-out',
  'bad-body',
  'bad-challenge',
  'redirect',
  'inconsistent',
  'weak-tls',
  'unsafe-header',
  'bad-key',
] as const;
/** What happened, worst first. */
export type FindingKind = (typeof findingKinds)[number];

const holes: readonly FindingKind[] = ['let-in', 'side-effect', 'leak'];

/** True for a security hole, which counts the first time. Every other finding must repeat. */
export function stands({ kind }: { readonly kind: FindingKind }): boolean {
  return holes.includes(kind);
}

/** One thing that is wrong with an exchange. */
export interface Finding {
  readonly kind: FindingKind;
  readonly requirement: string;
  readonly message: string;
  /** Lower than the level of the requirement, if the contract tolerates this deviation. */
  readonly level?: Level;
  readonly exchange?: string;
  /** The answer in short, if the message only compares the expected answer with the actual one. */
  readonly tells?: string;
}

/** How evidence names a credential; never contains key material. */
export interface CredentialLabel {
  /** For people: "write key, one bit of the signature flipped". */
  readonly description: string;
  /** Environment variable with the key that the credential starts from. */
  readonly variable?: string;
  /** Set if it is the unmodified write or read key of the project. */
  readonly ofProject?: true;
}

/** One complete request, as it is sent. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  /** Set if the request goes to a raw socket: header lines as they are written, Latin-1. */
  readonly lines?: readonly string[];
  /** Only with `lines`: the first line of the message, if it is not the usual one of HTTP/1.1. */
  readonly requestLine?: string;
  /** Only with `lines`: the body is chunked and this line follows it. */
  readonly trailer?: string;
  /** The coding in which the body is sent. */
  readonly coding?: BodyCoding;
  /** Only without `lines`. */
  readonly version?: HttpVersion;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** Bytes received; `body` is shorter if it was cut. */
  readonly bodyBytes: number;
  readonly bodyCut?: boolean;
}

/** What distinguishes kinds of answers. */
export interface AnswerKind {
  readonly status: number;
  /** The media type; an answer without a body, as to HEAD, has none. */
  readonly type?: string | undefined;
}

/** Status and media type of an answer. */
export function answerKind({
  status,
  headers,
  body,
}: Pick<WireResponse, 'status' | 'headers' | 'body'>): AnswerKind {
  const field = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return body === '' ? { status } : { status, type: field?.split(';')[0]?.trim() };
}

/** A kind of answer as results and reasons keep it: "201 application/json". */
export function answerName(response: Pick<WireResponse, 'status' | 'headers' | 'body'>): string {
  const { status, type } = answerKind(response);
  return type === undefined ? `${status}` : `${status} ${type}`;
}

/** The kind of answer that `answerName` has named; undefined for the reason why there was none. */
export function answerNamed(name: string): AnswerKind | undefined {
  const [, status, type] = /^(\d+)(?: (.*))?$/.exec(name) ?? [];
  return status === undefined ? undefined : { status: Number(status), type };
}

/** True if the kind of an answer has a JSON type, as the API itself answers. */
export function isJsonAnswer(kind: AnswerKind | undefined): boolean {
  return /json/i.test(kind?.type ?? '');
}

export const failureKinds = ['unreachable', 'timeout', 'broken', 'rate-limited', 'suite'] as const;
/** Why there is no response. `suite` is a fault of the suite, not of the target. */
export type FailureKind = (typeof failureKinds)[number];

export const failureCodes = [
  'silent',
  'refused-connection',
  'unknown-host',
  'unreachable-host',
  'certificate-expired',
  'certificate-too-early',
  'certificate-of-other-host',
  'certificate-untrusted',
  'not-tls',
  'client-certificate-required',
  'tls-version',
  'tls-weak-key',
  'tls-handshake',
  'tls',
  'timeout',
  'not-http-but-tls',
  'long-header-section',
  'not-http',
  'bad-coding',
  'http2-not-selected',
  'stream-refused',
  'stream-reset',
  'closed-unanswered',
  'closed-early',
  'bad-request',
  'not-readable',
  'too-busy',
  'long-wait',
] as const;
/** Exactly why there is no response. */
export type FailureCode = (typeof failureCodes)[number];

/** Why a request got no response. */
export interface Failure {
  readonly kind: FailureKind;
  /** Missing in recordings of older versions. */
  readonly code?: FailureCode | undefined;
  /** In our words. */
  readonly message: string;
}

/** One request and its response as seen on the wire; times in milliseconds of the run's monotonic clock. */
export interface Exchange {
  readonly id: string;
  /** The operation that the answer is checked against; missing for made-up paths and methods. */
  readonly operation?: string;
  readonly variant: RequestVariant;
  readonly credential: CredentialLabel;
  /** The key that was presented and parts of it, for the echo check and the redaction; never recorded. */
  readonly presented: readonly string[];
  /** Set if the credential must be rejected, whatever the request is for. */
  readonly bad?: BadCredential;
  readonly request: WireRequest;
  readonly response?: WireResponse;
  /** The answer shows a key of the run that was not in the request. */
  readonly otherKey?: true;
  readonly failure?: Failure;
  readonly startedMs: number;
  readonly endedMs: number;
}
