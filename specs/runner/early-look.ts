import type { Worker } from 'node:worker_threads';
import type { SessionState } from '../../harness/engine/run/index.ts';

/** What the thread says, in this order, unless it is interrupted. */
export type ThreadMessage =
  /** What it found. */
  | { readonly state: SessionState }
  /** The ids of the keys that it made for the run. */
  | { readonly left: readonly string[] }
  /** It was interrupted, and its keys are revoked. */
  | 'released';

/** A preflight that began before the test runner was loaded. */
export interface EarlyLook {
  /** Rejects if the thread fails, which is a fault of the suite. */
  readonly state: Promise<SessionState>;
  /** The keys that whoever has its result must revoke. */
  readonly left: Promise<readonly string[]>;
  /** Ends it; resolves when its keys are revoked. Does nothing if it has ended. */
  interrupt(): Promise<void>;
}

let look: EarlyLook | undefined;

/** The preflight that a thread of this process does; undefined if there is none. */
export function earlyLook(): EarlyLook | undefined {
  return look;
}

/** Receives the preflight of a thread that has just begun. */
export function lookInThread(thread: Worker): EarlyLook {
  let isEnded = false;
  let isInterrupted = false;
  const said = <Found>(pick: (message: ThreadMessage) => Found | undefined): Promise<Found> => {
    const found = new Promise<Found>((resolve, reject) => {
      thread.on('message', (message: ThreadMessage) => {
        const one = pick(message);
        if (one !== undefined) resolve(one);
      });
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`the thread of the preflight ended with ${code}`)));
    });
    // Who waits for it gets the error.
    found.catch(() => undefined);
    return found;
  };
  const state = said((message) =>
    typeof message === 'object' && 'state' in message ? message.state : undefined,
  );
  const left = said((message) =>
    typeof message === 'object' && 'left' in message ? message.left : undefined,
  );
  const released = said((message) => (message === 'released' ? message : undefined));
  const end = (): void => {
    isEnded = true;
    // It would need memory until the end of the run.
    if (!isInterrupted) void thread.terminate();
  };
  left.then(end, end);
  look = {
    state,
    left,
    async interrupt() {
      if (isEnded && !isInterrupted) return;
      if (!isInterrupted) thread.postMessage('interrupted');
      isInterrupted = true;
      await released.catch(() => undefined);
    },
  };
  return look;
}
