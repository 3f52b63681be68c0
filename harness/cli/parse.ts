import { InvalidArgumentError } from 'commander';
import { profiles } from '../model.ts';

/** The profiles of a list with commas; throws what the command line shows as a wrong argument. */
export function parseProfiles(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !(profiles as readonly string[]).includes(name));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`"${unknown}" is none of ${profiles.join(', ')}.`);
  }
  return names;
}
