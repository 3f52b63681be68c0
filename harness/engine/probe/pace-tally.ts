/** What one process counts for the pace. */
export interface Tally {
  sent(now: number): void;
  answered(): void;
  /** True if a good part of the last answers refused. */
  refused(): boolean;
  /** What was refused before a decrease says nothing about the rate after it. */
  decreased(): void;
  /** The rate at its highest in the last seconds. */
  perSecond(): number;
}

/** A front end that refuses fewer than this of the last answers is not slowed down for: each is sent again anyway. */
const mostRefused = 0.1;
/** Answers weigh less and less: about twenty count. */
const keeps = 0.95;
const lastSends = 8;
const peakMs = 2000;
const firstGuess = 16;

/** Counts how quickly requests were sent and how many of them were refused, each over the last few. */
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
