import { exitCodes } from '../../harness/model/index.ts';

const { undecided } = exitCodes;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** A signal to the whole process group and the one that the command line passes on are the same one; milliseconds. */
const sameMs = 500;

let isUnderWay = false;
let interruptedAt: number | undefined;
/** Why the run was ended; absent for a signal. */
let why: string | undefined;

/**
 * Takes charge of the signals, in the test runner and in its workers: whoever ends a whole process group reaches all of
 * them. A worker goes on until the runner ends it, so that no test looks broken by the signal.
 */
export function heedSignals(): void {
  const isWorker = process.env.TEST_WORKER_INDEX !== undefined;
  for (const signal of signals) process.on(signal, isWorker ? () => undefined : onSignal);
}

function onSignal(): void {
  const sinceMs = interruptedAt === undefined ? undefined : performance.now() - interruptedAt;
  if (sinceMs === undefined) interrupt();
  // The command line decides what a second signal means; without one the runner does.
  else if (process.connected === undefined && sinceMs > sameMs) process.exit(undecided);
}

/** Ends the run as Ctrl-C does, on every system: it stops, keys are revoked, and the report says what was done. */
export function interrupt(reason?: string): void {
  if (interruptedAt !== undefined) return;
  interruptedAt = performance.now();
  why = reason;
  if (!isUnderWay) {
    process.stderr.write('The run ended before it began: nothing was sent.\n');
    process.exit(undecided);
  }
  // What the test runner listens to.
  process.emit('SIGINT');
}

/**
 * Keeps the test runner from hearing of an end until its first worker is at work, and tells it then: it does not stop a
 * worker that is still starting, and waits for it forever. Answers what ends the waiting.
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

/** Why the run was ended, where it was not by a signal. */
export function whyInterrupted(): string | undefined {
  return why;
}

/** From here on an interrupted run ends in good order. It also ends when the command line that started it is gone. */
export function beginRun(): void {
  isUnderWay = true;
  if (process.connected === undefined) return;
  if (!process.connected) process.exit(undecided);
  process.once('disconnect', () => interrupt());
  process.channel?.unref();
}

/** Ends the run after so many milliseconds. */
export function limitTime(milliseconds: number, reason: string): void {
  setTimeout(() => interrupt(reason), milliseconds).unref();
}

let underway: Promise<unknown> = Promise.resolve();
let releasing: Promise<unknown> = Promise.resolve();

/** Remembers work of the preflight that is better not cut off in the middle. */
export function finishFirst(work: Promise<unknown>): void {
  underway = work.catch(() => undefined);
}

/** Remembers that keys are being revoked, which takes a bounded time. */
export function releaseFirst(work: Promise<unknown>): void {
  releasing = work.catch(() => undefined);
}

/** Waits until the keys of the preflight are revoked, and for its other work no longer than so many milliseconds. */
export async function finished(milliseconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([underway, late]);
  clearTimeout(timer);
  await releasing;
}

/** Resolves when the run is interrupted; never where it is not. */
export function interruption(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
  });
}
