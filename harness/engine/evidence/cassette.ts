import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Exchange, failureKinds, keptBodyBytes, type WireRequest } from '../../model/index.ts';

/** Which request it was: a digest of everything that a reader of the report sees of it. */
const of = z.string();

/** What came of one request; texts are redacted, and what was presented stands there as a mark. */
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
  /** The answer showed a key of the run that the request did not hold; of both nothing is left here. */
  otherKey: z.literal(true).optional(),
  failure: z.strictObject({ kind: z.enum(failureKinds), message: z.string() }).optional(),
  startedMs: z.number(),
  endedMs: z.number(),
});
export type RecordedAnswer = z.infer<typeof answeredSchema>;

/** A request that was not sent, because its credential cannot be made of the key that the run had, and why. */
export const recordedExchangeSchema = z.union([
  answeredSchema,
  z.strictObject({ of, impossible: z.string(), onlyThisKey: z.boolean().optional() }),
]);
export type RecordedExchange = z.infer<typeof recordedExchangeSchema>;

/** What else came from outside, such as an answer of key control or a time; `error` where it failed. */
export const recordedValueSchema = z.strictObject({
  name: z.string(),
  value: z.json().optional(),
  error: z.strictObject({ name: z.string(), message: z.string(), code: z.string().optional() }).optional(),
});
export type RecordedValue = z.infer<typeof recordedValueSchema>;

/** Everything that one scenario, or the preflight, learnt from outside, in order. */
export const cassetteSchema = z.strictObject({
  /** Id of a scenario; empty for the preflight. */
  scenario: z.string(),
  /** What turns the times of exchanges into milliseconds since the start of the run. */
  originMs: z.number(),
  exchanges: z.array(recordedExchangeSchema),
  facts: z.array(recordedValueSchema),
});
export type CassetteContent = z.infer<typeof cassetteSchema>;

/** The value that tells whether the credential of a scenario can be made of a key. */
export const forgeableValue = 'whether a key can be forged so';

/** How a value is kept where it cannot be kept as it is. */
export interface Keeping<T> {
  /** What others gave to distinguish several values of one name, such as an id: it may hold what looks like a key. */
  readonly about?: string | undefined;
  readonly store?: (value: T) => unknown;
  readonly restore?: (stored: unknown) => T;
  /** Makes the error again that a recorded one stands for. */
  readonly fail?: (error: NonNullable<RecordedValue['error']>) => Error;
}

/** A request as the cassette knows it: how it is shown, and what is copied into the exchange. */
export interface CassetteRequest extends Pick<Exchange, 'operation' | 'variant' | 'credential' | 'bad'> {
  readonly shown: WireRequest;
  /** It holds a spelling that changes some keys and not others, so that a stand-in cannot tell. */
  readonly dependsOnKey: boolean;
}

/** A credential cannot be made of a key, and why. */
export interface Impossible {
  readonly impossible: string;
  /** Set if it may be possible with another key of the same kind. */
  readonly onlyThisKey?: boolean | undefined;
}

/** What goes to the wire, and what of it is the credential. */
export interface Made extends Pick<Exchange, 'presented'> {
  readonly wire: WireRequest;
}

/** Stands between the engine and the world: lets everything through, records it, or answers from a recording. */
export interface Cassette {
  /** Set where the answers come from a recording. */
  readonly replayedOriginMs?: number;
  exchange(
    request: CassetteRequest,
    make: () => Promise<Made | Impossible>,
    live: (made: Made) => Promise<Exchange>,
  ): Promise<Exchange | Impossible>;
  value<T>(name: string, live: () => T | Promise<T>, keeping?: Keeping<T>): Promise<T>;
}

/** The full name of a value. */
export function valueName(name: string, about: string | undefined): string {
  return about === undefined ? name : `${name} ${about}`;
}

/** Lets everything through. */
export const noCassette: Cassette = {
  exchange: async (_request, make, live) => {
    const made = await make();
    return 'impossible' in made ? made : live(made);
  },
  value: async (_name, live) => live(),
};

/** A recording does not fit what is asked of it. */
export class CassetteMismatch extends Error {
  override readonly name = 'CassetteMismatch';
}

/** The name of a request on cassette. */
export function requestName({ shown, credential, operation, variant }: CassetteRequest): string {
  const text = JSON.stringify([shown, credential.description, operation ?? null, variant]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}
