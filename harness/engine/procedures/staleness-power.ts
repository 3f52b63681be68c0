import type { Timeline } from '../../model/index.ts';

/** How sure a run has to be that it would have seen a key that outlives its regeneration. */
const missed = 0.01;

/**
 * The shortest time by which an old key can outlive its regeneration that the uses of all rounds together see with
 * 99 %; milliseconds. Uses that begin at random times, so many a millisecond, all miss a window with the probability
 * `exp(-uses x window)`. The target ends the key before its answer is on the way, and hears of the first use after it a
 * whole round trip later: nobody sees less than that. Undefined where no use began after a regeneration.
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
