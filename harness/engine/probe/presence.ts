import type { Clock } from './pace.ts';
import { sharePace } from './pace-state.ts';

export interface PresenceOptions {
  /** File through which the workers of a run know the same. */
  readonly file: string | undefined;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** The target has answered before. */
  readonly wasThere: boolean;
}

/** What a request that changes nothing and was answered before comes to now. */
export type Look = 'answered' | 'silent' | 'unclear';

/** Whether the target is there, over all worker processes: it may be away for a moment, or silent for good. */
export interface Presence {
  /** The target answered something. */
  answered(): void;
  /**
   * A request had no answer in time. Before the last one counts, a request that was answered before is asked with
   * `look`: some servers leave only those without an answer that they do not like.
   */
  timedOut(sentAt: number, look: () => Promise<Look>): Promise<void>;
  /** Set once the target was silent for so many timeouts in a row: nothing more is sent. */
  readonly silent: string | undefined;
  /** Waits before a request is sent again that met no server; false where that has been done for long enough. */
  waitForReturn(attempt: number): Promise<boolean>;
  close(): void;
}

/** So many timeouts in a row, one after the other, without any answer. */
export const mostSilences = 3;
/** A server that restarts is back within this; milliseconds between attempts. */
const pausesMs = [50, 100, 200, 400, 800, 1500];

export function createPresence({ file, timeoutMs, clock, wasThere }: PresenceOptions): Presence {
  const shared = sharePace(file);
  let isGone = false;

  const answered = (): void => {
    isGone = false;
    const { hasAnswered, silences } = shared.read();
    if (hasAnswered === 1 && (silences === 0 || silences >= mostSilences)) return;
    shared.update((state) => {
      state.hasAnswered = 1;
      if (state.silences < mostSilences) state.silences = 0;
    });
  };
  /** What timed out at the same time counts once. Answers how many there are now, 0 where this one does not count. */
  const count = (sentAt: number): number => {
    let silences = 0;
    shared.update((state) => {
      if (sentAt < state.silentAt) return;
      state.silences += 1;
      state.silentAt = clock.now();
      silences = state.silences;
    });
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
      return shared.read().silences < mostSilences
        ? undefined
        : `the target gave no answer to ${mostSilences} requests in a row, ${timeoutMs} ms each`;
    },
    async waitForReturn(attempt) {
      const pause = pausesMs[attempt];
      if (isGone || !(wasThere || shared.read().hasAnswered === 1)) return false;
      if (pause === undefined) {
        isGone = true;
        return false;
      }
      await clock.sleep(pause);
      return true;
    },
    close: shared.close,
  };
}
