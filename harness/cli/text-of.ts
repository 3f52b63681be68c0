import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { NotReadable, readInputFile } from '../model/index.ts';

const longest = 1024 * 1024;

/** The text of a small file that an option names. Throws ConfigurationError. */
export function textOf(file: string, option: string): string {
  try {
    return readInputFile(file, longest).toString('utf8');
  } catch (error) {
    if (!(error instanceof NotReadable)) throw error;
    const why = error.code === 'ENOENT' ? '' : ` (${error.why})`;
    throw new ConfigurationError(`The file ${file} of ${option} cannot be read${why}.`);
  }
}
