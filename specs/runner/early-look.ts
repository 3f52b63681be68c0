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
  /** Takes its result, and with it the duty to revoke its keys. Rejects if the thread fails, a fault of the suite. */
  take(): Promise<SessionState>;
  /** The ids of the keys that whoever took its result must revoke. */
  left(): Promise<readonly string[]>;
  /** Ends it; resolves when its keys are revoked. Does nothing if its result was taken and complete. */
  interrupt(): Promise<void>;
}

let look: EarlyLook | undefined;

/** The preflight that a thread of this process does; undefined if there is none. */
export function earlyLook(): EarlyLook | undefined {
  return look;
}

/** Receives the preflight of a thread that has just begun. */
export function lookInThread(thread: Worker): EarlyLook {
  let isTaken = false;
  let isComplete = false;
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
  const state = said((message) => (message !== 'released' && 'state' in message ? message.state : undefined));
  const left = said((message) => (message !== 'released' && 'left' in message ? message.left : undefined));
  const released = said((message) => (message === 'released' ? message : undefined)).catch(() => undefined);
  const endIfDone = (): void => {
    // It would need memory until the end of the run.
    if (isTaken && isComplete && !isInterrupted) void thread.terminate();
  };
  const complete = (): void => {
    isComplete = true;
    endIfDone();
  };
  left.then(complete, complete);
  look = {
    take() {
      isTaken = true;
      endIfDone();
      return state;
    },
    async left() {
      const ids = await left;
      if (!isInterrupted) return ids;
      await released;
      return [];
    },
    async interrupt() {
      if (isTaken && isComplete && !isInterrupted) return;
      if (!isInterrupted) thread.postMessage('interrupted');
      isInterrupted = true;
      await released;
    },
  };
  return look;
}
