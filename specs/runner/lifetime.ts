import { exitCodes } from '../../harness/model/index.ts';
import { earlyLook } from './early-look.ts';

const { undecided } = exitCodes;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/**
 * A signal to the whole process group and the one that the command line passes on count as one within this many
 * milliseconds.
 */
const sameMs = 500;

let isUnderWay = false;
let isHeeding = false;
let interruptedAt: number | undefined;
/** Why the run was ended; undefined for a signal. */
let why: string | undefined;

/**
 * Handles the signals, in the test runner and in its workers, because a signal to a process group reaches all of them.
 * A worker continues until the runner ends it, so that the signal does not make a test look broken.
 */
export function heedSignals(): void {
  if (isHeeding) return;
  isHeeding = true;
  const isWorker = process.env.TEST_WORKER_INDEX !== undefined;
  for (const signal of signals) process.on(signal, isWorker ? () => undefined : onSignal);
}

function onSignal(): void {
  const sinceMs = interruptedAt === undefined ? undefined : performance.now() - interruptedAt;
  if (sinceMs === undefined) interrupt();
  // The command line decides what a second signal means; without one the runner decides.
  else if (process.connected === undefined && sinceMs > sameMs) process.exit(undecided);
}

/** Ends the run as Ctrl-C does, on every system: it stops, keys are revoked, and the report says what was done. */
export function interrupt(reason?: string): void {
  if (interruptedAt !== undefined) return;
  interruptedAt = performance.now();
  why = reason;
  if (!isUnderWay) {
    const look = earlyLook();
    if (look === undefined) {
      process.stderr.write('The run ended before it began: nothing was sent.\n');
      process.exit(undecided);
    }
    // It may have sent requests and made keys.
    releaseFirst(look.interrupt());
    return;
  }
  // The event that the test runner listens to.
  process.emit('SIGINT');
}

/**
 * Delays an interruption until the first worker of the test runner works: the runner does not stop a worker that is
 * still starting, and would wait for it forever. Returns a function that ends the delay.
 */
export function holdInterruption(): () => void {
  const others = process.listeners('SIGINT').filter((listener) => listener !== onSignal);
  for (const listener of others) process.off('SIGINT', listener);
  return () => {
    for (const listener of others) process.on('SIGINT', listener);
    if (interruptedAt !== undefined) process.emit('SIGINT');
  };
}

/** True once somebody, or the time limit, has ended the run. */
export function wasInterrupted(): boolean {
  return interruptedAt !== undefined;
}

/** Why the run was ended, if not by a signal. */
export function whyInterrupted(): string | undefined {
  return why;
}

/**
 * From here on an interrupted run ends cleanly; also one that was interrupted before, if a preflight had begun. It also
 * ends if the command line that started it is gone.
 */
export function beginRun(): void {
  if (process.connected === false) interrupt();
  isUnderWay = true;
  if (interruptedAt !== undefined) process.emit('SIGINT');
  if (process.connected !== true) return;
  process.once('disconnect', () => interrupt());
  process.channel?.unref();
}

/** Ends the run after this many milliseconds. */
export function limitTime(milliseconds: number, reason: string): void {
  setTimeout(() => interrupt(reason), milliseconds).unref();
}

let underway: Promise<unknown> = Promise.resolve();
let releasing: Promise<unknown> = Promise.resolve();

/** Registers work of the preflight that should not be interrupted. */
export function finishFirst(work: Promise<unknown>): void {
  underway = work.catch(() => undefined);
}

/** Registers the revocation of keys, which takes a limited time. */
export function releaseFirst(work: Promise<unknown>): void {
  releasing = work.catch(() => undefined);
}

/** Waits until the keys of the preflight are revoked, and at most this many milliseconds for its other work. */
export async function finished(milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([underway, late]);
  clearTimeout(timer);
  await releasing;
}

/** Resolves when the run is interrupted, or if it already is; otherwise never. */
export function interruption(): Promise<void> {
  if (interruptedAt !== undefined) return Promise.resolve();
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
  });
}
