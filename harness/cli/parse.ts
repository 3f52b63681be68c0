import { InvalidArgumentError } from 'commander';
import { profiles } from '../model/index.ts';

/** The profiles in a comma-separated list; throws the error that the command line shows for a wrong argument. */
export function parseProfiles(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(profiles as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" is not one of ${profiles.join(', ')}.`);
  }
  return names;
}

/** Adds an operation for an option that may be given several times. */
export function addOperation(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** One of n parts, `2/4`; throws the error that the command line shows for a wrong argument. */
export function parseShard(text: string): string {
  const [, index, total] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text) ?? [];
  if (Number(index) <= Number(total)) return text;
  throw new InvalidArgumentError('it must look like 2/4.');
}

/** A port number; throws the error that the command line shows for a wrong argument. */
export function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new InvalidArgumentError('it must be a number from 0 to 65535.');
}

/** The longest wait for a target, in seconds: an hour. */
const longestWait = 3600;

/** A number of seconds; throws the error that the command line shows for a wrong argument. */
export function parseSeconds(text: string): number {
  const seconds = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= longestWait) return seconds;
  throw new InvalidArgumentError(`it must be a number of seconds, at most ${longestWait}.`);
}
