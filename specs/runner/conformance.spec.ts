import { test } from '@playwright/test';
import { readOptions } from '../../harness/engine/configuration/options.ts';
import { allScenarios } from '../../harness/engine/matrix/expand.ts';
import { isSelected } from '../../harness/engine/matrix/selection.ts';
import { catalogue } from '../requirements/index.ts';
import { askOutcome } from './outcomes.ts';

const { selection } = readOptions(process.env);
const selected = allScenarios(catalogue).filter((one) => isSelected(selection, one));

/** One test a requirement. The engine works in the process of the test runner; a test waits for what it comes to. */
for (const requirement of new Set(selected.map((one) => one.requirement))) {
  const { id, sentence } = requirement;
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
    const isDecided = scenarios.some(({ status }) => status === 'passed');
    test.skip(scenarios.length > 0 && !isDecided, scenarios[0]?.message);
  });
}
