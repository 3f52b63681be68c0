import { defined } from '../../model/defined.ts';
import type { Failure, WireRequest, WireResponse } from '../../model/index.ts';
import { failureOf } from './failure.ts';
import { type Clock, type Pace, refusalsBeforeEnd } from './pace.ts';
import { retryAfterMs } from './retry-after.ts';
import { createWitnesses, type WitnessLabel } from './witness.ts';

export interface PatienceOptions {
  readonly pace: Pace;
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Sends a request that belongs to no exchange; undefined if it gets no answer. */
  readonly ask: (wire: WireRequest, label: WitnessLabel) => Promise<WireResponse | undefined>;
}

/** What happens with an answer: the request is sent again, or the answer counts, perhaps as a failure. */
export type AnswerDecision = 'again' | { readonly failure?: Failure };

/** One request with all its attempts. */
export interface PatientRequest {
  /**
   * Takes the answer to an attempt; waits before it returns "again". `closed`: the connection of the request cannot be
   * used again.
   */
  weigh(response: WireResponse, sentAt: number, closed: boolean): Promise<AnswerDecision>;
}

export interface Patience {
  begin(wire: WireRequest, label: WitnessLabel): PatientRequest;
  /** A request that changes nothing and was answered recently. */
  readonly witness: WireRequest | undefined;
}

const firstPauseMs = 100;
const longestPauseMs = 1000;
/** If a request gets 503 while this many others are answered, the 503 is its answer. */
const othersNeeded = 3;

/** Distinguishes an overloaded target from one that answers 503 to this request only, and waits if it is overloaded. */
export function createPatience({ pace, clock, timeoutMs, ask }: PatienceOptions): Patience {
  const witnesses = createWitnesses();

  /** Whether another request gets an overload answer too. A request without an answer shows nothing. */
  const othersRefused = async (wire: WireRequest, label: WitnessLabel): Promise<boolean> => {
    const other = witnesses.other(wire, label);
    if (other === undefined) return pace.busyLately;
    await pace.turn();
    const sentAt = clock.now();
    const response = await ask(other, label);
    if (response === undefined || !refuses(response)) return false;
    pace.refused({ status: response.status, sentAt, holdMs: shortHold(response, timeoutMs) });
    return true;
  };

  const begin = (wire: WireRequest, label: WitnessLabel): PatientRequest => {
    let attempts = 0;
    let slowest = 0;
    let others = 0;
    let isBusy = false;
    let unexplained: { readonly status: number; readonly sentAt: number } | undefined;

    const pause = (): Promise<unknown> => {
      const longest = Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
      return clock.sleep(longest * (0.5 + Math.random() / 2));
    };
    /** Slows down, and gives the request up if that does not help any more. */
    const slowDown = (status: number, sentAt: number, holdMs?: number): Failure | undefined => {
      if (pace.refused({ status, sentAt, ...defined({ holdMs }) })) slowest += 1;
      if (slowest >= refusalsBeforeEnd) pace.exhaust(status);
      return pace.exhausted;
    };

    /** 429, or 503 with a Retry-After time: this can only mean overload. */
    const onLimit = async (
      response: WireResponse,
      sentAt: number,
      closed: boolean,
    ): Promise<AnswerDecision> => {
      const { status } = response;
      const holdMs = askedMs(response);
      if (holdMs !== undefined && holdMs > timeoutMs) {
        pace.refused({ status, sentAt, holdMs, tooLong: true });
        return { failure: failureOf('long-wait', tooLong(status, holdMs)) };
      }
      const failure = slowDown(status, sentAt, holdMs);
      if (failure !== undefined) return { failure };
      if (closed) return { failure: closes(status) };
      if (holdMs === undefined) await pause();
      return 'again';
    };

    /** 503 without a time: an overloaded front end, or the answer to this request. */
    const onUnavailable = async (
      status: number,
      sentAt: number,
      closed: boolean,
    ): Promise<AnswerDecision> => {
      if (pace.exhausted !== undefined) return { failure: pace.exhausted };
      const busy = pace.busyLately;
      if (closed) return busy ? { failure: closes(status) } : {};
      if (!busy && witnesses.isUsual(wire, label)) return settled();
      unexplained = { status, sentAt };
      const failure = isBusy ? slowDown(status, sentAt) : undefined;
      if (failure !== undefined) return { failure };
      if (attempts > 1) {
        isBusy = await othersRefused(wire, label);
        others = isBusy ? 0 : others + 1;
        if (others >= othersNeeded) return settled();
      }
      await pause();
      return 'again';
    };

    const settled = (): AnswerDecision => {
      pace.answered();
      witnesses.refusedForItself(wire, label);
      return {};
    };

    return {
      async weigh(response, sentAt, closed) {
        attempts += 1;
        // A front end may send a Retry-After time for a message that it never accepts.
        const isNeverTaken = response.status === 503 && wire.lines !== undefined;
        if (isLimit(response) && !isNeverTaken) return onLimit(response, sentAt, closed);
        if (response.status === 503) return onUnavailable(response.status, sentAt, closed);
        if (unexplained !== undefined) pace.refused(unexplained);
        pace.answered();
        witnesses.answered(wire, label, unexplained !== undefined);
        return {};
      },
    };
  };
  return {
    begin,
    get witness() {
      return witnesses.latest;
    },
  };
}

function askedMs({ headers }: WireResponse): number | undefined {
  return retryAfterMs(headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1]);
}

function shortHold(response: WireResponse, timeoutMs: number): number {
  const asked = askedMs(response) ?? 0;
  return asked > timeoutMs ? 0 : asked;
}

function isLimit(response: WireResponse): boolean {
  return response.status === 429 || (response.status === 503 && askedMs(response) !== undefined);
}

function refuses({ status }: WireResponse): boolean {
  return status === 429 || status === 503;
}

function closes(status: number): Failure {
  return failureOf('too-busy', `the target answers ${status} and closes the connection`);
}

function tooLong(status: number, holdMs: number): string {
  return `the target answers ${status} and asks for a wait of ${Math.ceil(holdMs / 1000)} s, longer than MUFI_TIMEOUT_MS`;
}
