import { closest } from 'fastest-levenshtein';
import type { Operation } from '../../model/index.ts';
import { ConfigurationError } from './configuration-error.ts';

/** The name of the option that claims an operation absent. */
export const withoutOption = '--without';

/**
 * Checks which operations are claimed absent against the document. Throws ConfigurationError if a name is not an
 * operation, or if no operation would remain.
 */
export function checkWithout(without: readonly string[] = [], operations: readonly Operation[]): void {
  const ids = operations.map(({ id }) => id);
  const unknown = without.find((name) => !ids.includes(name));
  if (unknown !== undefined) {
    const nearest = ids.length === 0 ? '' : `; the nearest is "${closest(unknown, ids)}"`;
    throw new ConfigurationError(
      `${withoutOption} (MUFI_WITHOUT) names "${unknown}", which is not an operation${nearest}.`,
    );
  }
  if (ids.length > 0 && ids.every((id) => without.includes(id))) {
    throw new ConfigurationError(
      `${withoutOption} (MUFI_WITHOUT) names all ${ids.length} operations, so nothing is left to test; name only those that the target does not implement.`,
    );
  }
}
