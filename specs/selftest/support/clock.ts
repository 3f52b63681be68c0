import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../../harness/engine/probe/pace.ts';

/** A clock that advances only while somebody sleeps. */
export function tellClock(): Clock & { pass(milliseconds: number): void } {
  let now = 1_000_000;
  return {
    now: () => now,
    sleep: async (milliseconds) => {
      now += milliseconds;
      await setImmediate();
    },
    pass(milliseconds) {
      now += milliseconds;
    },
  };
}
