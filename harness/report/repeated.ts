import { type ScenarioResult, worseOf as worse } from '../model/index.ts';

/** A scenario that ran more than once, as with `--repeat-each`, is what it came to at its worst. */
export function worseOf(one: ScenarioResult | undefined, other: ScenarioResult): ScenarioResult {
  return one === undefined ? other : worse(one, other);
}
