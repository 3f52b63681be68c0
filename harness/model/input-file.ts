import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** The longest report or shard that is read: far more than any run writes. */
export const longestReport = 256 * 1024 * 1024;

/** A file that the user named cannot be read; `why` fits in brackets after its name. */
export class NotReadable extends Error {
  override readonly name = 'NotReadable';
  readonly why: string;
  /** The error code of the system: ENOENT if there is no file. */
  readonly code: string | undefined;

  constructor(why: string, code?: string) {
    super(why);
    this.why = why;
    this.code = code;
  }
}

/**
 * The bytes of a regular file of at most `most` bytes. A pipe or a device might never end, so it is an error. Throws
 * NotReadable.
 */
export function readInputFile(path: string, most: number): Buffer {
  let file: number;
  try {
    // Opening a pipe would wait for a writer.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw saidBySystem(error);
  }
  try {
    const found = fstatSync(file);
    if (found.isDirectory()) throw new NotReadable('EISDIR', 'EISDIR');
    if (!found.isFile()) throw new NotReadable('it is a pipe or a device, not a file');
    return readUpTo(file, Math.min(found.size, most), most);
  } catch (error) {
    throw error instanceof NotReadable ? error : saidBySystem(error);
  } finally {
    closeSync(file);
  }
}

/** The size of a file is only a hint: the file may grow, and special files say 0. */
function readUpTo(file: number, hint: number, most: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(Math.max(hint - length, 0) + 64 * 1024);
    const count = readSync(file, chunk, 0, chunk.length, null);
    if (count === 0) return Buffer.concat(chunks, length);
    chunks.push(chunk.subarray(0, count));
    length += count;
    if (length > most) throw new NotReadable(`it is longer than ${inWords(most)}`);
  }
}

function saidBySystem(error: unknown): NotReadable {
  const { code, message } = error as NodeJS.ErrnoException;
  return new NotReadable(code ?? message, code);
}

function inWords(bytes: number): string {
  const mebibytes = bytes / (1024 * 1024);
  return mebibytes >= 1 ? `${mebibytes} MiB` : `${bytes / 1024} KiB`;
}
