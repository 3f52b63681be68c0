import type { Timeline } from '../../model/index.ts';

/** The accepted probability that a run misses an old key that still works. */
const missed = 0.01;

/**
 * The shortest time in milliseconds that an old key must survive its regeneration so that all rounds together detect it
 * with 99 % probability. Uses begin at random times. With a given number of uses in a millisecond, the probability that
 * all miss a window is `exp(-uses x window)`. The target revokes the key before its answer is on the way, and receives
 * the first later use a whole round trip afterwards; nobody can detect a shorter time. Undefined if no use began after
 * a regeneration.
 */
export function surelySeenMs(timelines: readonly Timeline[]): number | undefined {
  const perMs = timelines.reduce((sum, timeline) => sum + beginningsPerMs(timeline), 0);
  if (perMs === 0) return undefined;
  const times = timelines.flatMap(({ uses }) => uses.map(({ startMs, endMs }) => endMs - startMs));
  return Math.round((Math.log(1 / missed) / perMs + Math.min(...times)) * 100) / 100;
}

function beginningsPerMs({ regenerationEndMs, uses }: Timeline): number {
  const begun = uses.map(({ startMs }) => startMs).filter((startMs) => startMs > regenerationEndMs);
  const last = Math.max(regenerationEndMs, ...begun);
  return last === regenerationEndMs ? 0 : begun.length / (last - regenerationEndMs);
}
