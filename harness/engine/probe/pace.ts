import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from '../../model/index.ts';
import { failureOf } from './failure.ts';
import { freshPace, type PaceState } from './pace-state.ts';
import { createTally } from './pace-tally.ts';

/** Time as the pace sees it. */
export interface Clock {
  /** Milliseconds since 1970, the same for all processes of a machine. */
  now(): number;
  sleep(milliseconds: number): Promise<unknown>;
}

/** The time of this machine. */
export const realClock: Clock = { now: () => performance.timeOrigin + performance.now(), sleep };

export interface PaceOptions {
  readonly maxPerSecond: number | undefined;
  readonly clock: Clock;
}

/** An answer that means "too many requests". */
export interface Refusal {
  readonly status: number;
  /** When the request was sent, by the clock of the pace. */
  readonly sentAt: number;
  /** Milliseconds during which the target wants no request. */
  readonly holdMs?: number;
  /** The target asks for more time than a run has. */
  readonly tooLong?: boolean;
}

/** What happened to the pace of the run: the overload answers, and the lowest rate. */
export interface Overload {
  readonly answers: number;
  /** Missing if the run was never slowed down. */
  readonly slowestPerSecond?: number;
}

/** The rate of requests over the whole run: no more than the target accepts. */
export interface Pace {
  /** Waits until the next request may be sent. */
  turn(): Promise<void>;
  /** Slows down. Returns true if the request got an overload answer at the lowest rate. */
  refused(refusal: Refusal): boolean;
  /** An answer that is not about overload. */
  answered(): void;
  /** Slowing down does not help: the run ends. */
  exhaust(status: number): void;
  /** The target was overloaded a moment ago. */
  readonly busyLately: boolean;
  /** Set if slowing down does not help: why. */
  readonly exhausted: Failure | undefined;
  readonly overload: Overload;
}

/** The lowest rate, in requests a second. */
export const slowestPerSecond = 1;
/**
 * A run ends after this many overload answers in a row at the lowest rate, or each after the wait that the previous one
 * asked for.
 */
export const refusalsBeforeEnd = 5;
/** One decrease must show its effect before the next. */
const decreaseMs = 250;
/** The rate grows only after the answers to requests at the new rate have arrived. */
const shortestCalmMs = 1500;
const longestCalmMs = 20_000;
/** At this many requests a second or more, a few overload answers among many do not matter. */
const tolerantFrom = 20;
const latelyMs = 3000;
/** Without overload a process that was late catches up by this much; with overload every gap is kept. */
const catchUpMs = 100;

/**
 * Additive increase, multiplicative decrease. Only the configured limit applies until many requests get overload
 * answers. Then the rate halves, and without further overload answers it grows in growing steps.
 */
export function createPace({ maxPerSecond, clock }: PaceOptions): Pace {
  const state = freshPace();
  const tally = createTally();
  const limit = maxPerSecond ?? Number.POSITIVE_INFINITY;
  let queue = Promise.resolve();

  const rateAt = (at: number): number => {
    const { base, calmFrom, calmMs }: PaceState = state;
    if (base === 0) return limit;
    const calm = Math.max(0, at - calmFrom - calmMs) / 1000;
    return Math.min(limit, base + Math.max(base / 20, 2) * (calm + calm ** 2 / 2));
  };

  /** Milliseconds to wait; 0: this request may be sent. */
  const ask = (): number => {
    const now = clock.now();
    if (state.holdUntil > now) return state.holdUntil - now;
    let wait = 0;
    if (rateAt(now) < Number.POSITIVE_INFINITY) {
      const gap = 1000 / rateAt(now);
      const due = state.lastAt + gap;
      // A clock that was set back must not stop the run.
      if (due > now && due - now <= gap + 1) wait = due - now;
      else state.lastAt = Math.max(Math.min(due, now), now - (state.base === 0 ? catchUpMs : 0));
    }
    if (wait === 0) tally.sent(now);
    return wait;
  };

  const inTurn = async (): Promise<void> => {
    for (let wait = ask(); wait > 0; wait = ask()) await clock.sleep(wait);
  };

  return {
    turn() {
      queue = queue.then(inTurn);
      return queue;
    },
    refused({ status, sentAt, holdMs = 0, tooLong = false }) {
      const now = clock.now();
      const isMany = tally.refused();
      const rate = rateAt(now);
      const isFresh = sentAt > state.decreasedAt;
      const atSlowest = isFresh && rateAt(sentAt) <= slowestPerSecond;
      const waited = holdMs >= 1000 && sentAt >= state.holdUntil;
      const counts = tooLong ? sentAt >= state.signalledAt : atSlowest || waited;
      if (counts) state.inRow += 1;
      if (state.inRow >= refusalsBeforeEnd) {
        state.exhaustedStatus = status;
        state.exhaustedSeconds = atSlowest ? 0 : Math.ceil(holdMs / 1000);
      }
      state.answers += 1;
      state.signalledAt = now;
      if (!tooLong) state.holdUntil = Math.max(state.holdUntil, now + holdMs);
      const isRare = rate >= tolerantFrom && !isMany;
      if (tooLong || !isFresh || isRare || now - state.decreasedAt < decreaseMs) return atSlowest;
      const halved = Math.min(rate, tally.perSecond()) / 2;
      state.base = Math.max(slowestPerSecond, state.base === 0 ? halved : rate / 2);
      state.calmFrom = now;
      state.calmMs = Math.min(longestCalmMs, Math.max(shortestCalmMs, 2 * (now - sentAt)));
      if (rate > slowestPerSecond) state.decreasedAt = now;
      state.slowest = state.slowest === 0 ? state.base : Math.min(state.slowest, state.base);
      tally.decreased();
      return atSlowest;
    },
    answered() {
      tally.answered();
      state.inRow = 0;
    },
    exhaust(status) {
      state.exhaustedStatus = status;
      state.exhaustedSeconds = 0;
    },
    get busyLately() {
      return clock.now() - state.signalledAt < latelyMs;
    },
    get exhausted() {
      const { exhaustedStatus: status, exhaustedSeconds: seconds } = state;
      return status === 0 ? undefined : failureOf('too-busy', whyExhausted(status, seconds));
    },
    get overload() {
      const { answers, slowest } = state;
      return { answers, ...(slowest === 0 ? {} : { slowestPerSecond: Math.round(slowest * 10) / 10 }) };
    },
  };
}

function whyExhausted(status: number, seconds: number): string {
  return seconds === 0
    ? `the target still answers ${status} at ${slowestPerSecond} request a second, the lowest rate that MUFI_MAX_RPS can set`
    : `the target answers ${status} ${refusalsBeforeEnd} times in a row and asks for a wait of ${seconds} s each time, so a lower MUFI_MAX_RPS does not help`;
}
