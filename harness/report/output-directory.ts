/** The directory of a report, and what may be wrong with it. */

import { access, constants, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { getSystemErrorMap } from 'node:util';

/** Files that cannot be written; the message says which ones, why, and what to do. */
export class WriteFailure extends Error {
  override readonly name = 'WriteFailure';
}

/**
 * Checks before a run that its report can be written. Makes the directory and removes stale files; throws WriteFailure.
 */
export async function checkWritable(directory: string, stale: readonly string[] = []): Promise<void> {
  try {
    await makeDirectory(resolve(directory));
    await access(directory, constants.W_OK);
    for (const name of stale) await rm(join(directory, name), { force: true });
  } catch (error) {
    throw writeFailure(`No report can be written to ${directory}`, error);
  }
}

/** Checks before a run that temporary files can be written. Throws WriteFailure. */
export async function checkTemporary(): Promise<void> {
  const place = tmpdir();
  try {
    await rm(await mkdtemp(join(place, 'mufi-conformance-')), { recursive: true });
  } catch (error) {
    throw new WriteFailure(
      `Temporary files cannot be written to ${place}: ${whyNotWritten(error)}; set TMPDIR to a folder that can be written.`,
    );
  }
}

/** One directory at a time: if nothing can be made, as in /proc, Node's `recursive` never returns. */
async function makeDirectory(directory: string): Promise<void> {
  if (await isDirectory(directory)) return;
  const parent = dirname(directory);
  await makeDirectory(parent);
  await access(parent, constants.W_OK);
  await mkdir(directory).catch((error: NodeJS.ErrnoException) => {
    // Another process may have made it in the meantime; but a file of that name is not a directory.
    if (error.code !== 'EEXIST') throw error;
  });
  if (!(await isDirectory(directory))) await mkdir(directory);
}

/** False if nothing exists there. Throws the error of the system for anything else. */
export async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** The error for a directory, with what to do about it. */
export function writeFailure(what: string, error: unknown): WriteFailure {
  return new WriteFailure(`${what}: ${whyNotWritten(error)}; choose another directory with --out.`);
}

/** The reason in the words of the system: "no space left on device". */
export function whyNotWritten(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? message;
}
