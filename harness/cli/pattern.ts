import { catalogue } from '../../specs/requirements/index.ts';
import { allScenarios } from '../matrix/expand.ts';
import { isSelected } from '../matrix/selection.ts';
import { spokenCommand } from '../model.ts';
import { ConfigurationError } from '../target/configuration-error.ts';

/** Throws ConfigurationError where a pattern of -g is not a regular expression. */
export function checkPattern(pattern: string | undefined): void {
  if (pattern === undefined) return;
  try {
    new RegExp(pattern);
  } catch {
    throw new ConfigurationError(`The pattern ${pattern} of -g is not a regular expression.`);
  }
}

/** A pattern that selects nothing is a mistake in the pattern, not a run. Throws ConfigurationError. */
export function checkSelection(pattern: string | undefined): void {
  checkPattern(pattern);
  if (pattern === undefined) return;
  if (allScenarios(catalogue).some((one) => isSelected(pattern, one))) return;
  throw new ConfigurationError(
    `No scenario matches -g ${pattern}; list the ids with: ${spokenCommand('list')}`,
  );
}
