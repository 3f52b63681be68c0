import { _baseTest as base, type TestInfo } from '@playwright/test';
import { readOptions } from '../../harness/engine/configuration/options.ts';
import {
  allScenarios,
  headerOf,
  isSelected,
  openRunner,
  type Runner,
} from '../../harness/engine/run/index.ts';
import { attachmentNames } from '../../harness/model/run-header.ts';
import { worded } from '../../harness/report/worded.ts';
import { catalogue } from '../requirements/index.ts';
import { decidedAtFirst, nothingToTest, takeOver } from './worker-state.ts';

type Attachment = TestInfo['attachments'][number];

interface WorkerFixtures {
  runner: Runner;
  /** What is said once: the first test of each worker takes it away. */
  opening: Attachment[];
}

/** Without the fixtures for browsers: setting them up and tearing them down takes half of the time of a test. */
const test = base.extend<object, WorkerFixtures>({
  runner: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from the pattern
    async ({}, use) => {
      // Playwright takes a stack at every step and maps it to the sources, which costs as much as the requests.
      Error.prepareStackTrace = (error) => String(error);
      const runner = await openRunner(catalogue, takeOver());
      await use(runner);
      await runner.close();
    },
    { scope: 'worker' },
  ],
  opening: [
    async ({ runner }, use) => {
      await use([attachment(attachmentNames.header, headerOf(runner.state, catalogue, selection))]);
    },
    { scope: 'worker' },
  ],
});

/** Pushed and not attached with `attach`: each call of that is a step, which costs as much as a request. */
function attachment(name: string, value: unknown): Attachment {
  return { name, contentType: 'application/json', body: Buffer.from(JSON.stringify(value)) };
}

/**
 * Where the first look found that nothing can be tested, one scenario of each family says so and the reporter says it
 * of the others: a test costs time even if it does nothing. One a family, so that every shard has one to say it.
 */
const spokesmen = new Set([
  ...catalogue.map(({ requirements: [first] }) => `${first?.id}/${first?.scenarios[0]?.id}`),
  ...decidedAtFirst(),
]);

const { selection, sharded } = readOptions(process.env);
const silent = nothingToTest() && selection === undefined;

const selected = allScenarios(catalogue).filter((one) => isSelected(selection, one));

/**
 * A worker takes a requirement at a time: with each group of tests Playwright goes through the list of all again. Shards
 * divide groups, so that theirs are single scenarios: none of them stays empty.
 */
for (const requirement of new Set(selected.map((one) => one.requirement))) {
  test.describe(() => {
    test.describe.configure({ mode: sharded ? 'parallel' : 'default' });
    for (const one of selected.filter((each) => each.requirement === requirement)) {
      declareScenario(one.id, one.scenario.title);
    }
  });
}

function declareScenario(id: string, title: string): void {
  const declare = silent && !spokesmen.has(id) ? test.skip : test;
  declare(`${id}: ${title}`, async ({ runner, opening }, testInfo) => {
    const planned = runner.planned.find((candidate) => candidate.id === id);
    if (planned === undefined) throw new Error(`the plan lost the scenario ${id}`);
    const result = await runner.run(planned);
    const tape = runner.recorded(id);
    testInfo.attachments.push(
      ...opening.splice(0),
      attachment(attachmentNames.result, result),
      ...(tape === undefined ? [] : [attachment(attachmentNames.tape, tape)]),
    );

    const decided = result.verdict === 'pass' || result.verdict === 'warn' || result.verdict === 'fail';
    test.skip(!decided, `${result.verdict}: ${worded(result).reason ?? ''}`);
  });
}
