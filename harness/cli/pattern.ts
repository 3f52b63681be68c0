import { catalogue } from '../../specs/requirements/index.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { allScenarios } from '../engine/matrix/expand.ts';
import { isSelected, selectableText } from '../engine/matrix/selection.ts';
import { matchesWithin, spokenCommand, TooSlow } from '../model/index.ts';
import { count, oneLine } from '../report/render/text.ts';

/** The time limit for matching all texts together. */
const patternMs = 2000;

/** Throws ConfigurationError if a pattern of -g is not a regular expression, or takes too long to match. */
export function checkPattern(pattern: string | undefined): void {
  if (pattern === undefined) return;
  const texts = allScenarios(catalogue).map(selectableText);
  try {
    matchesWithin(new RegExp(pattern, 'i'), texts, patternMs);
  } catch (error) {
    const shown = oneLine(pattern);
    if (!(error instanceof TooSlow))
      throw new ConfigurationError(`The pattern ${shown} of -g is not a regular expression.`);
    throw new ConfigurationError(
      `The pattern ${shown} of -g takes too long; write it without nested repeats.`,
    );
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
