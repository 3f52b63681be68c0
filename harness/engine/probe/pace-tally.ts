/** What one process counts for the pace. */
export interface Tally {
  sent(now: number): void;
  answered(): void;
  /** True if many of the last answers were overload answers. */
  refused(): boolean;
  /** Overload answers from before a decrease say nothing about the rate after it. */
  decreased(): void;
  /** The highest rate of the last seconds. */
  perSecond(): number;
}

/**
 * If fewer of the last answers than this are overload answers, the run does not slow down: each request is sent again
 * anyway.
 */
const mostRefused = 0.1;
/** Older answers count less: about twenty matter. */
const keeps = 0.95;
const lastSends = 8;
const peakMs = 2000;
const firstGuess = 16;

/** Counts how quickly requests were sent and how many got overload answers, each over the last few. */
export function createTally(): Tally {
  const times: number[] = [];
  let peak = { perSecond: 0, at: 0 };
  let [answers, refusals] = [0, 0];
  const count = (refusal: number): void => {
    answers = answers * keeps + 1;
    refusals = refusals * keeps + refusal;
  };
  return {
    sent(now) {
      times.push(now);
      if (times.length > lastSends) times.shift();
      const [first = now] = times;
      if (times.length === 1) return;
      const perSecond = ((times.length - 1) * 1000) / Math.max(1, now - first);
      if (perSecond >= peak.perSecond || now - peak.at > peakMs) peak = { perSecond, at: now };
    },
    answered: () => count(0),
    refused() {
      count(1);
      return refusals > answers * mostRefused;
    },
    decreased() {
      refusals = 0;
    },
    perSecond: () => peak.perSecond || firstGuess,
  };
}
