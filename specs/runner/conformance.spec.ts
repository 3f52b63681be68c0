import { test } from '@playwright/test';
import { readOptions } from '../../harness/engine/configuration/options.ts';
import { allScenarios } from '../../harness/engine/matrix/expand.ts';
import { isChosen } from '../../harness/engine/matrix/selection.ts';
import { phaseOf, phases } from '../../harness/engine/run/phase.ts';
import { catalogue } from '../requirements/index.ts';
import { askOutcome } from './outcomes.ts';

const options = readOptions(process.env);
const selected = allScenarios(catalogue).filter((one) => isChosen(options, one));

/**
 * One test per requirement. A shard has one test per scenario, so that scenarios of one requirement can be divided. The
 * engine works in the process of the test runner; a test waits for the result of its part of the catalogue, if anybody but
 * our reporter shows it (see `endOfPart`).
 */
const parts =
  options.sharded === true
    ? selected.map(({ id, scenario }) => [id, scenario.title] as const)
    : selected.map(({ requirement }) => [requirement.id, requirement.sentence] as const);

/** A test waits until the last of its scenarios has ended, and so do the tests behind it. */
const ends = new Map<string, number>();
for (const { id, requirement, scenario } of selected) {
  const end = phases.indexOf(phaseOf(scenario));
  for (const part of [id, requirement.id]) ends.set(part, Math.max(ends.get(part) ?? 0, end));
}
const inOrder = [...new Map(parts)].sort(([one], [other]) => (ends.get(one) ?? 0) - (ends.get(other) ?? 0));

for (const [id, sentence] of inOrder) {
  test(`${id}: ${sentence}`, async () => {
    const { scenarios } = await askOutcome(id);
    const failures: string[] = [];
    for (const { title, status, message } of scenarios) {
      const shown = test.step(title, (step) => {
        step.skip(status === 'skipped', message);
        if (status === 'failed') throw new Error(message);
      });
      await shown.catch(() => failures.push(message ?? title));
    }
    if (failures.length > 0) throw new Error(failures.join('\n\n'));
    const isDecided = scenarios.length === 0 || scenarios.some(({ status }) => status === 'passed');
    test.skip(!isDecided, scenarios[0]?.message);
  });
}
