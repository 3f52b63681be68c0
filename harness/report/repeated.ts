import { type ScenarioResult, worseOf as worse } from '../model/index.ts';

/** Combines the results of a scenario that ran more than once, as with `--repeat-each`: the worst one counts. */
export function worseOf(one: ScenarioResult | undefined, other: ScenarioResult): ScenarioResult {
  return one === undefined ? other : worse(one, other);
}
