import { allScenarios } from '../../harness/engine/matrix/expand.ts';
import { isChosen } from '../../harness/engine/matrix/selection.ts';
import { phaseOf, phases } from '../../harness/engine/run/phase.ts';
import type { RunOptions, Selection } from '../../harness/model/index.ts';
import { catalogue } from '../requirements/index.ts';

/**
 * The id and title of each part of the catalogue that has a test of its own. A test waits until the last of its
 * scenarios has ended, and so do the tests behind it: those that end first come first.
 */
export function partsOf(options: RunOptions & Selection): readonly (readonly [id: string, title: string])[] {
  const selected = allScenarios(catalogue).filter((one) => isChosen(options, one));
  const parts =
    options.sharded === true
      ? selected.map(({ id, scenario }) => [id, scenario.title] as const)
      : selected.map(({ requirement }) => [requirement.id, requirement.sentence] as const);
  const ends = new Map<string, number>();
  for (const { id, requirement, scenario } of selected) {
    const end = phases.indexOf(phaseOf(scenario));
    for (const part of [id, requirement.id]) ends.set(part, Math.max(ends.get(part) ?? 0, end));
  }
  return [...new Map(parts)].sort(([one], [other]) => (ends.get(one) ?? 0) - (ends.get(other) ?? 0));
}
