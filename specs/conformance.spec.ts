import { test as base } from '@playwright/test';
import { allScenarios, headerOf, openRunner, type Runner } from '../harness/pipeline.ts';
import { attachmentNames, type RunHeader } from '../harness/report/run-header.ts';
import { readOptions } from '../harness/target/options.ts';
import { catalogue } from './requirements/index.ts';
import { takeOver } from './session.ts';

interface WorkerFixtures {
  runner: Runner;
  header: RunHeader;
}

const test = base.extend<object, WorkerFixtures>({
  runner: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const runner = await openRunner(catalogue, takeOver());
      await use(runner);
      await runner.close();
    },
    { scope: 'worker' },
  ],
  header: [
    async ({ runner }, use) => {
      await use(headerOf(runner.state, catalogue, readOptions(process.env).selection));
    },
    { scope: 'worker' },
  ],
});

/** Pushed and not attached with `attach`: each call of that is a step, which costs as much as a request. */
function attachment(name: string, value: unknown) {
  return { name, contentType: 'application/json', body: Buffer.from(JSON.stringify(value)) };
}

for (const { id, scenario } of allScenarios(catalogue)) {
  test(`${id}: ${scenario.title}`, async ({ runner, header }, testInfo) => {
    const planned = runner.planned.find((candidate) => candidate.id === id);
    if (planned === undefined) throw new Error(`the plan lost the scenario ${id}`);
    const result = await runner.run(planned);
    testInfo.attachments.push(
      attachment(attachmentNames.header, header),
      attachment(attachmentNames.result, result),
    );

    const decided = result.verdict === 'pass' || result.verdict === 'warn' || result.verdict === 'fail';
    test.skip(!decided, `${result.verdict}: ${result.reason ?? ''}`);
  });
}
