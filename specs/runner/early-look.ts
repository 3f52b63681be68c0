import type { Worker } from 'node:worker_threads';
import type { SessionState } from '../../harness/engine/run/index.ts';

/** What the thread says; a message has one of these. */
interface ThreadWords {
  /** What it found. */
  readonly state: SessionState;
  /** The ids of the keys that it made for the run, after the state. */
  readonly left: readonly string[];
  /** It was interrupted, and its keys are revoked. */
  readonly released: true;
}
export type ThreadMessage = Partial<ThreadWords>;

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
  const said = <Name extends keyof ThreadWords>(name: Name): Promise<ThreadWords[Name]> => {
    const found = new Promise<ThreadWords[Name]>((resolve, reject) => {
      thread.on('message', ({ [name]: word }: ThreadMessage) => {
        if (word !== undefined) resolve(word);
      });
      thread.once('error', reject);
      thread.once('exit', (code) => reject(new Error(`the thread of the preflight ended with ${code}`)));
    });
    // Who waits for it gets the error.
    found.catch(() => undefined);
    return found;
  };
  const [state, left] = [said('state'), said('left')];
  const released = said('released').catch(() => undefined);
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
