import { cellVerdicts, type ScenarioResult } from '../model.ts';

/** A scenario that ran more than once, as with `--repeat-each`, is what it came to at its worst. */
export function worseOf(one: ScenarioResult | undefined, other: ScenarioResult): ScenarioResult {
  if (one === undefined) return other;
  return cellVerdicts.indexOf(other.verdict) > cellVerdicts.indexOf(one.verdict) ? other : one;
}
