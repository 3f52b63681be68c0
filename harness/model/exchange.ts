/** What happens on the wire and what is found wrong with it. */

import type { RequestVariant } from './catalogue.ts';
import type { BodyCoding } from './credential.ts';
import type { BadCredential, HttpVersion, Level } from './terms.ts';

/** The file beside the report of a recorded run: what came from outside, to judge it again. */
export const evidenceFile = 'evidence.json.gz';

/** Of a longer body this many bytes are kept and no more is read, whether it is long on the wire or once decoded. */
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

/** True of a hole, which counts the first time that it is seen; everything else has to repeat. */
export function stands({ kind }: { readonly kind: FindingKind }): boolean {
  return holes.includes(kind);
}

/** One thing wrong with an exchange. */
export interface Finding {
  readonly kind: FindingKind;
  readonly requirement: string;
  readonly message: string;
  /** Lower than the requirement's own level where the contract is lenient about this deviation. */
  readonly level?: Level;
  readonly exchange?: string;
  /** The answer, where the message says no more than what was expected and what was answered. */
  readonly tells?: string;
}

/** How a credential is called in evidence; never holds key material. */
export interface CredentialLabel {
  /** For people: "write key, one bit of the signature flipped". */
  readonly description: string;
  /** Environment variable that holds the key it starts from. */
  readonly variable?: string;
  /** Set if it is the unmodified write or read key of the project. */
  readonly ofProject?: true;
}

/** One request, complete, as it goes to the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  /** Set where the request goes to a raw socket: header lines as they are written, latin-1. */
  readonly lines?: readonly string[];
  /** With lines only: what the message begins with, where that is not what HTTP/1.1 wants. */
  readonly requestLine?: string;
  /** With lines only: the body is chunked and this line stands behind it. */
  readonly trailer?: string;
  /** The body goes out in this coding. */
  readonly coding?: BodyCoding;
  /** Without lines only. */
  readonly version?: HttpVersion;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** Bytes received; the body is cut where it is longer than what is kept. */
  readonly bodyBytes: number;
  readonly bodyCut?: boolean;
}

/** An answer in short: "201 application/json". */
export function answerName({
  status,
  headers,
  body,
}: Pick<WireResponse, 'status' | 'headers' | 'body'>): string {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const named = type?.split(';')[0]?.trim();
  return named === undefined || body === '' ? `${status}` : `${status} ${named}`;
}

export const failureKinds = ['unreachable', 'timeout', 'broken', 'rate-limited', 'suite'] as const;
/** Why there is no response. `suite` is a fault of the suite, never of the target. */
export type FailureKind = (typeof failureKinds)[number];

/** One request and its response as seen on the wire; times in milliseconds on the run's monotonic clock. */
export interface Exchange {
  readonly id: string;
  /** The operation whose contract the answer is held against; absent for made-up paths and methods. */
  readonly operation?: string;
  readonly variant: RequestVariant;
  readonly credential: CredentialLabel;
  /** Key and pieces of it that were presented, for the echo check and the redaction; never recorded. */
  readonly presented: readonly string[];
  /** Set if the credential has to be refused, whatever the request is for. */
  readonly bad?: BadCredential;
  readonly request: WireRequest;
  readonly response?: WireResponse;
  /** The answer shows a key of the run that the request did not hold. */
  readonly otherKey?: true;
  readonly failure?: { readonly kind: FailureKind; readonly message: string };
  readonly startedMs: number;
  readonly endedMs: number;
}
