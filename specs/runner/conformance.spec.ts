import { test } from '@playwright/test';
import { readOptions } from '../../harness/engine/configuration/options.ts';
import { askOutcome, wholeCatalogue } from './outcomes.ts';

const options = readOptions(process.env);

/**
 * The id and title of each test. The engine works in the process of the test runner; a test waits for the result of its
 * part of the catalogue, if anybody but our reporter shows it (see `endOfPart`). The command line has one test for
 * everything: a test takes longer than the cells of most requirements. Else there is one test per requirement, or one
 * per scenario in a shard, so that scenarios of one requirement can be divided.
 */
const parts =
  options.inOneTest === true
    ? [[wholeCatalogue, 'every scenario'] as const]
    : (await import('./parts.ts')).partsOf(options);

for (const [id, sentence] of parts) {
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
