import { catalogue } from '../../specs/requirements/index.ts';
import { allScenarios } from '../matrix/expand.ts';
import { isSelected } from '../matrix/selection.ts';
import { spokenCommand } from '../model.ts';
import { count } from '../report/render/text.ts';
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

/** A shard without a scenario could neither pass nor fail. Throws ConfigurationError. */
export function checkShard(shard: string, pattern: string | undefined): void {
  const total = Number(shard.split('/')[1] ?? 1);
  const selected = allScenarios(catalogue).filter((one) => isSelected(pattern, one)).length;
  if (total <= selected) return;
  throw new ConfigurationError(
    `--shard ${shard} divides ${count(selected, 'scenario')}; ask for no more shards than that.`,
  );
}
