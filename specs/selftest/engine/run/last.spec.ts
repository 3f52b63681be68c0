import { expect, test } from '@playwright/test';
import { allScenarios } from '../../../../harness/engine/matrix/expand.ts';
import { runPool } from '../../../../harness/engine/run/pool.ts';
import type { ScenarioResult } from '../../../../harness/model/index.ts';
import { catalogue } from '../../../requirements/index.ts';

const planned = allScenarios(catalogue)
  .filter(({ requirement }) => /^(expiry|regeneration)\//.test(requirement.id))
  .map((one) => ({ ...one, operations: [] }));

/** By scenario id: how many scenarios run when it begins and when it ends, including itself. */
async function runningAt(atATime: number, nearestMs?: number): Promise<Map<string, number>> {
  const most = new Map<string, number>();
  let running = 0;
  await runPool(planned, atATime, {
    nearestMs,
    async run({ id }) {
      running += 1;
      const before = running;
      await new Promise((resolve) => setImmediate(resolve));
      most.set(id, Math.max(before, running));
      running -= 1;
      return {} as ScenarioResult;
    },
    onResult: () => undefined,
  });
  return most;
}

test('how long an old key works is measured alone if the load of the run would hide it', async () => {
  const id = 'regeneration/linearizable/under-load';
  expect((await runningAt(8)).get(id)).toBe(1);
  expect((await runningAt(8, 1.5)).get(id)).toBe(1);
  expect((await runningAt(8, 80)).get(id)).toBeGreaterThan(1);
});

for (const atATime of [1, 8]) {
  test(`what says that it runs last does so, alone, also after the clock moved; ${atATime} at a time`, async () => {
    const order: string[] = [];
    let running = 0;
    await runPool(planned, atATime, {
      async run({ id }) {
        running += 1;
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${id} ${running}`);
        running -= 1;
        return {} as ScenarioResult;
      },
      onResult: () => undefined,
    });
    expect(order.length).toBe(planned.length);
    expect(order.at(-1)).toBe('regeneration/dead-stays-dead/after-many-more 1');
  });
}
