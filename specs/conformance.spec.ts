import { test as base, expect } from '@playwright/test';
import { allScenarios, headerOf, openRunner, type Runner } from '../harness/pipeline.ts';
import { attachmentNames } from '../harness/report/run-header.ts';
import { readOptions } from '../harness/target/options.ts';
import { catalogue } from './requirements/index.ts';
import { takeOver } from './session.ts';

const test = base.extend<object, { runner: Runner }>({
  runner: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      const runner = await openRunner(catalogue, takeOver());
      await use(runner);
      await runner.close();
    },
    { scope: 'worker' },
  ],
});

for (const { id, scenario } of allScenarios(catalogue)) {
  test(`${id}: ${scenario.title}`, async ({ runner }, testInfo) => {
    const planned = runner.planned.find((candidate) => candidate.id === id);
    if (planned === undefined) throw new Error(`the plan lost the scenario ${id}`);
    const result = await runner.run(planned);
    const header = headerOf(runner.state, catalogue, readOptions(process.env).selection);
    const contentType = 'application/json';
    await testInfo.attach(attachmentNames.header, { body: JSON.stringify(header), contentType });
    await testInfo.attach(attachmentNames.result, { body: JSON.stringify(result), contentType });

    const decided = result.verdict === 'pass' || result.verdict === 'warn' || result.verdict === 'fail';
    test.skip(!decided, `${result.verdict}: ${result.reason ?? ''}`);
    const failures = result.cells
      .filter((cell) => cell.verdict === 'fail')
      .flatMap((cell) => cell.findings.map(({ kind, message }) => `${cell.operation}  ${kind}: ${message}`));
    expect(failures, `${planned.requirement.sentence} (${planned.requirement.advice})`).toEqual([]);
  });
}
