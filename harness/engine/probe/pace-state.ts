import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';

const fields = [
  'holdUntil',
  'base',
  'decreasedAt',
  'calmFrom',
  'calmMs',
  'lastAt',
  'signalledAt',
  'inRow',
  'answers',
  'slowest',
  'exhaustedStatus',
  'exhaustedSeconds',
  'hasAnswered',
  'silences',
  'silentAt',
] as const;

/** What all worker processes know of the pace; times in milliseconds since 1970, 0 means never or none. */
export type PaceState = Record<(typeof fields)[number], number>;

/** The one state of all worker processes. */
export interface SharedPace {
  read(): Readonly<PaceState>;
  /** Reads, changes and writes while no other process does. */
  update(change: (state: PaceState) => void): void;
  close(): void;
}

const lockTries = 250;

/**
 * A rate limit is about the sender, and the sender is all workers together: they share a few numbers in a file. Reading
 * them from an open descriptor takes microseconds. Without a file the process is alone.
 */
export function sharePace(file: string | undefined): SharedPace {
  let descriptor = file === undefined ? undefined : opened(file);
  const values = new Float64Array(fields.length);
  const bytes = Buffer.from(values.buffer);
  const known = Buffer.alloc(bytes.length);
  let last = stateOf(values);
  // Each request reads, and seldom anything has changed.
  const read = (): Readonly<PaceState> => {
    if (descriptor !== undefined && readSync(descriptor, bytes, 0, bytes.length, 0) < bytes.length)
      values.fill(0);
    if (known.equals(bytes)) return last;
    bytes.copy(known);
    last = stateOf(values);
    return last;
  };
  return {
    read,
    update(change) {
      const unlock = descriptor === undefined ? undefined : lock(`${file}.lock`);
      try {
        const state = { ...read() };
        change(state);
        fields.forEach((name, index) => {
          values[index] = state[name];
        });
        if (descriptor !== undefined) writeSync(descriptor, bytes, 0, bytes.length, 0);
      } finally {
        unlock?.();
      }
    },
    close: () => {
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}

function stateOf(values: Float64Array): PaceState {
  return Object.fromEntries(fields.map((name, index) => [name, values[index]])) as PaceState;
}

function opened(file: string): number | undefined {
  try {
    return openSync(file, 'r+');
  } catch {
    // The run is over and the file is gone; this process still knows.
    return undefined;
  }
}

/** A file that only one process can make. It is held for microseconds; one that stays is left over from a process that was killed. */
function lock(file: string): () => void {
  for (let tries = 0; ; tries += 1) {
    try {
      closeSync(openSync(file, 'wx'));
      return () => rmSync(file, { force: true });
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (!['EEXIST', 'EPERM', 'EBUSY', 'EACCES'].includes(code)) return () => undefined;
      if (tries === lockTries) return () => rmSync(file, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
