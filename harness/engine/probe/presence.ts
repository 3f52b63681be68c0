import type { Clock } from './pace.ts';

export interface PresenceOptions {
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** The target has answered before. */
  readonly wasThere: boolean;
}

/** The result of a request that changes nothing and was answered before. */
export type PresenceCheck = 'answered' | 'silent' | 'unclear';

/** Whether the target is there, over the whole run: it may be away for a moment, or silent for good. */
export interface Presence {
  /** The target answered something. */
  answered(): void;
  /**
   * A request had no answer in time. Before the last timeout counts, `look` sends a request that was answered before:
   * some servers do not answer requests that they reject, and answer all others.
   */
  timedOut(sentAt: number, look: () => Promise<PresenceCheck>): Promise<void>;
  /** Set after this many timeouts in a row: nothing more is sent. */
  readonly silent: string | undefined;
  /** Waits before a request that met no server is sent again; false if that has taken long enough. */
  waitForReturn(attempt: number): Promise<boolean>;
}

/** This many timeouts in a row, one after the other, without any answer. */
export const mostSilences = 3;
/** A restarting server is back within this time; milliseconds between attempts. */
const pausesMs = [50, 100, 200, 400, 800, 1500];

export function createPresence({ timeoutMs, clock, wasThere }: PresenceOptions): Presence {
  let isGone = false;
  let hasAnswered = wasThere;
  let silences = 0;
  let silentAt = 0;

  const answered = (): void => {
    isGone = false;
    hasAnswered = true;
    if (silences < mostSilences) silences = 0;
  };
  /**
   * Requests that timed out at the same time count once. Returns how many there are now, or 0 if this one does not
   * count.
   */
  const count = (sentAt: number): number => {
    if (sentAt < silentAt) return 0;
    silences += 1;
    silentAt = clock.now();
    return silences;
  };

  return {
    answered,
    async timedOut(sentAt, look) {
      if (count(sentAt) !== mostSilences - 1) return;
      const askedAt = clock.now();
      const seen = await look();
      if (seen === 'answered') answered();
      if (seen === 'silent') count(askedAt);
    },
    get silent() {
      return silences < mostSilences
        ? undefined
        : `the target did not answer ${mostSilences} requests in a row within ${timeoutMs} ms each`;
    },
    async waitForReturn(attempt) {
      const pause = pausesMs[attempt];
      if (isGone || !hasAnswered) return false;
      if (pause === undefined) {
        isGone = true;
        return false;
      }
      await clock.sleep(pause);
      return true;
    },
  };
}
