/** What a run knows of its pace; times in milliseconds since 1970, 0 means never or none. */
export interface PaceState {
  holdUntil: number;
  base: number;
  decreasedAt: number;
  calmFrom: number;
  calmMs: number;
  lastAt: number;
  signalledAt: number;
  inRow: number;
  answers: number;
  slowest: number;
  exhaustedStatus: number;
  exhaustedSeconds: number;
}

/** The state at the start of a run. */
export function freshPace(): PaceState {
  return {
    holdUntil: 0,
    base: 0,
    decreasedAt: 0,
    calmFrom: 0,
    calmMs: 0,
    lastAt: 0,
    signalledAt: 0,
    inRow: 0,
    answers: 0,
    slowest: 0,
    exhaustedStatus: 0,
    exhaustedSeconds: 0,
  };
}
