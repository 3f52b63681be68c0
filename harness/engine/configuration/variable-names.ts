import { distance } from 'fastest-levenshtein';
import { type VariableName, variableNames } from './variables.ts';

/** A known name for an unknown one; `alike`: it is very probably what was meant. */
export interface MeantVariable {
  readonly name: VariableName;
  readonly alike: boolean;
}

/**
 * True for names that the suite reads or rejects: `MUFI_` in any case, with any character in place of the underscore.
 */
export function isOurs(name: string): boolean {
  return /^mufi[^a-z0-9]/i.test(name);
}

/** The variable that an unknown `MUFI_` name was meant to be; undefined for known names and for names of others. */
export function meantVariable(name: string): MeantVariable | undefined {
  if (!isOurs(name) || (variableNames as readonly string[]).includes(name)) return undefined;
  const words = wordsOf(name);
  const ranked = variableNames
    .map((candidate) => ({
      name: candidate,
      common: likeness(words, wordsOf(candidate)),
      edits: distance(words.join('_'), wordsOf(candidate).join('_')),
    }))
    .sort(
      (one, other) =>
        Number(other.edits <= 2) - Number(one.edits <= 2) ||
        other.common - one.common ||
        // Without the word "other" the name means a key of the first project.
        Number(/OTHER/.test(one.name)) - Number(/OTHER/.test(other.name)) ||
        one.edits - other.edits,
    );
  const [best] = ranked;
  return best && { name: best.name, alike: best.edits <= 2 || best.common > 0 };
}

/** The words of a name after `MUFI_`, in capitals. */
function wordsOf(name: string): string[] {
  return name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '')
    .slice(1);
}

/** The share of words that two names have in common: from 0 to 1. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const common = one.filter((word) => other.some((candidate) => isSameWord(word, candidate)));
  return common.length / Math.max(one.length, other.length);
}

/** The same except for the end, such as PROD and PRODUCTION or URL and URLS, or except for a typing error. */
function isSameWord(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return (short.length >= 3 && long.startsWith(short)) || (short.length > 4 && distance(one, other) <= 2);
}
