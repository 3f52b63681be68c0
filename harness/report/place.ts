/** The directory that a report goes to, and what may be wrong with it. */

import { access, constants, mkdir } from 'node:fs/promises';
import { getSystemErrorMap } from 'node:util';

/** Files that cannot be written; the message says which, why, and what to do. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

/** Finds out before a run whether its report can be written. Makes the directory; throws NotWritten. */
export async function checkWritable(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    throw notWritten(`No report can be written to ${directory}`, error);
  }
}

/** The error of a directory, with what to do about it. */
export function notWritten(what: string, error: unknown): NotWritten {
  return new NotWritten(`${what}: ${whyNotWritten(error)}; choose another directory with --out.`);
}

/** The reason in the words of the system: "no space left on device". */
export function whyNotWritten(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? message;
}
