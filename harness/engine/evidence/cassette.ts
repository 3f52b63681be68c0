import { createHash } from 'node:crypto';
import * as z from 'zod';
import {
  type Exchange,
  failureCodes,
  failureKinds,
  keptBodyBytes,
  type WireRequest,
} from '../../model/index.ts';

/** Identifies the request: a digest of everything that a reader of the report sees of it. */
const of = z.string();

/** The answer to one request. Texts are redacted, and marks replace what was presented. */
const answeredSchema = z.strictObject({
  of,
  id: z.string(),
  response: z
    .strictObject({
      status: z.number().int(),
      headers: z.array(z.tuple([z.string(), z.string()])),
      body: z.string(),
      bodyBytes: z.number().int(),
      bodyCut: z.boolean().optional(),
    })
    .refine(({ bodyBytes, bodyCut }) => bodyCut === undefined || bodyBytes > keptBodyBytes, {
      error: 'it is called cut, and is short enough to be whole',
    })
    .optional(),
  /** The answer showed a key of the run that was not in the request. Neither of the two is kept. */
  otherKey: z.literal(true).optional(),
  failure: z
    .strictObject({ kind: z.enum(failureKinds), code: z.enum(failureCodes).optional(), message: z.string() })
    .optional(),
  startedMs: z.number(),
  endedMs: z.number(),
});
export type RecordedAnswer = z.infer<typeof answeredSchema>;

/** A request that was not sent, because its credential cannot be created from the key of the run, and why. */
export const recordedExchangeSchema = z.union([
  answeredSchema,
  z.strictObject({ of, impossible: z.string(), onlyThisKey: z.boolean().optional() }),
]);
export type RecordedExchange = z.infer<typeof recordedExchangeSchema>;

/** Other input from outside, such as an answer of key control or a time; `error` if it failed. */
export const recordedValueSchema = z.strictObject({
  name: z.string(),
  value: z.json().optional(),
  error: z.strictObject({ name: z.string(), message: z.string(), code: z.string().optional() }).optional(),
});
export type RecordedValue = z.infer<typeof recordedValueSchema>;

/** Everything that one scenario, or the preflight, learned from outside, in order. */
export const cassetteSchema = z.strictObject({
  /** Id of a scenario; empty for the preflight. */
  scenario: z.string(),
  /** Turns the times of exchanges into milliseconds since the start of the run. */
  originMs: z.number(),
  exchanges: z.array(recordedExchangeSchema),
  facts: z.array(recordedValueSchema),
});
export type CassetteContent = z.infer<typeof cassetteSchema>;

/** The name of a recorded value: whether the credential of a scenario can be created from a key. */
export const forgeableValue = 'whether a key can be forged so';

/** How to store a value that cannot be stored as it is. */
export interface Storage<T> {
  /**
   * A text from outside that distinguishes several values with one name, such as an id. It may contain what looks like
   * a key.
   */
  readonly about?: string | undefined;
  readonly store?: (value: T) => unknown;
  readonly restore?: (stored: unknown) => T;
  /** Rebuilds the error that was recorded. */
  readonly fail?: (error: NonNullable<RecordedValue['error']>) => Error;
}

/** A request as the cassette knows it: how it is shown, and what is copied into the exchange. */
export interface CassetteRequest extends Pick<Exchange, 'operation' | 'variant' | 'credential' | 'bad'> {
  readonly shown: WireRequest;
  /** It contains a spelling that changes only some keys, so a stand-in key behaves differently. */
  readonly dependsOnKey: boolean;
}

/** Why a credential cannot be created from a key. */
export interface Impossible {
  readonly impossible: string;
  /** Set if another key of the same kind may work. */
  readonly onlyThisKey?: boolean | undefined;
}

/** The request for the wire, and which parts of it are the credential. */
export interface WireContent extends Pick<Exchange, 'presented'> {
  readonly wire: WireRequest;
}

/** Sits between the engine and the network: passes everything on, records it, or answers from a recording. */
export interface Cassette {
  /** Set if the answers come from a recording. */
  readonly replayedOriginMs?: number;
  exchange(
    request: CassetteRequest,
    make: () => Promise<WireContent | Impossible>,
    live: (made: WireContent) => Promise<Exchange>,
  ): Promise<Exchange | Impossible>;
  value<T>(name: string, live: () => T | Promise<T>, keeping?: Storage<T>): Promise<T>;
}

/** The full name of a value. */
export function valueName(name: string, about: string | undefined): string {
  return about === undefined ? name : `${name} ${about}`;
}

/** Passes everything on. */
export const noCassette: Cassette = {
  exchange: async (_request, make, live) => {
    const made = await make();
    return 'impossible' in made ? made : live(made);
  },
  value: async (_name, live) => live(),
};

/** A recording does not match what the engine asks for. */
export class CassetteMismatch extends Error {
  override readonly name = 'CassetteMismatch';
}

/** The name of a request in a cassette. */
export function requestName({ shown, credential, operation, variant }: CassetteRequest): string {
  const text = JSON.stringify([shown, credential.description, operation ?? null, variant]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
