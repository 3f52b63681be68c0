import { statSync, utimesSync } from 'node:fs';

/** The time before which nothing is sent, because the target asked for patience; milliseconds since 1970. */
export interface Hold {
  until(): number;
  /** Moves it further away, never nearer. */
  extend(untilMs: number): void;
}

/**
 * A rate limit is about the sender, and the sender is all workers together: they share the time as the modification
 * time of a file, which is quicker to look at than a request takes to make. Without a file the process is alone.
 */
export function createHold(file: string | undefined): Hold {
  let own = 0;
  const shared = (): number => {
    if (file === undefined) return 0;
    return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  };
  return {
    until: () => Math.max(own, shared()),
    extend(untilMs) {
      own = Math.max(own, untilMs);
      if (file === undefined || shared() >= untilMs) return;
      try {
        utimesSync(file, untilMs / 1000, untilMs / 1000);
      } catch {
        // The run is over and the file is gone; this process still knows.
      }
    },
  };
}
