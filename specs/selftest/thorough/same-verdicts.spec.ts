import { expect, test } from '@playwright/test';
import type { Family } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { runReference } from '../../../harness/proof/kill-matrix/engine.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { catalogue } from '../../requirements/index.ts';
import { conformance } from '../support/cli.ts';

test.describe.configure({ timeout: 180_000 });

/** Requirements of several families detect these, some as warnings. */
const faults = ['old-key-lags', 'put-unchecked', 'no-challenge'];

/** The verdict of every scenario and cell, by id. */
function verdicts(report: Report): Record<string, string> {
  const lines = report.requirements.flatMap(({ id, verdict, scenarios }) => [
    [id, verdict],
    ...scenarios.flatMap((scenario) => [
      [scenario.id, scenario.verdict],
      ...scenario.cells.map((cell) => [`${scenario.id} @ ${cell.operation}`, cell.verdict]),
    ]),
  ]);
  return Object.fromEntries(lines.sort(([one = ''], [other = '']) => one.localeCompare(other)));
}

/** The same shuffle for the same seed: a linear congruential generator chooses the places. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed;
  const drawn = list.map((entry) => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return [state, entry] as const;
  });
  return drawn.sort(([one], [other]) => one - other).map(([, entry]) => entry);
}

function inOtherOrder(seed: number): Family[] {
  return shuffled(catalogue, seed).map((family) => ({
    ...family,
    requirements: shuffled(family.requirements, seed + 1).map((requirement) => ({
      ...requirement,
      scenarios: shuffled(requirement.scenarios, seed + 2),
    })),
  }));
}

test('the order of the catalogue changes no verdict', async () => {
  const start = { faults };
  const straight = verdicts(await runReference(start, { catalogue, depth: 'quick' }));
  expect(Object.values(straight)).toContain('fail');
  for (const seed of [1, 20_261_124]) {
    const other = await runReference(start, { catalogue: inOtherOrder(seed), depth: 'quick' });
    expect(verdicts(other), `seed ${seed}`).toEqual(straight);
  }
});

test('the verdicts are the same with 1, 4, 16 and 64 requests at a time', async () => {
  const of = async (concurrency: number): Promise<Record<string, string>> => {
    const server = await startReference({ faults });
    const out = test.info().outputPath(`at-a-time-${concurrency}`);
    const environment = { ...server.environment, MUFI_CONCURRENCY: String(concurrency) };
    const ended = conformance(out, ['--depth', 'quick'], { environment });
    return verdicts((await ended.finally(() => server.close())).report);
  };
  const one = await of(1);
  expect(Object.values(one)).toContain('fail');
  for (const concurrency of [4, 16, 64]) expect(await of(concurrency), `${concurrency}`).toEqual(one);
});
