import { expect, test } from '@playwright/test';
import { allScenarios } from '../../../../harness/engine/matrix/expand.ts';
import { runPool } from '../../../../harness/engine/run/pool.ts';
import type { ScenarioResult } from '../../../../harness/model/index.ts';
import { catalogue } from '../../../requirements/index.ts';

const all = allScenarios(catalogue).map((one) => ({ ...one, operations: [] }));
const planned = all.filter(({ requirement }) => /^(expiry|regeneration)\//.test(requirement.id));

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

test('near a target, a key that was used once before it died is tried alone; other keys that die are not', async () => {
  const near = await runningAt(8, 1.5);
  const alone = planned.filter(({ id, requirement }) => {
    return requirement.id === 'regeneration/caches-forget-at-once' && near.get(id) === 1;
  });
  expect(alone.map(({ scenario }) => scenario.id).sort()).toEqual([
    'regenerated-on-every-replica',
    'revoked-on-every-replica',
    'used-read-key-then-regenerated',
    'used-then-regenerated',
    'used-then-revoked',
  ]);
  expect(near.get('regeneration/respelled-old-key-rejected/padding')).toBeGreaterThan(1);
  const far = await runningAt(8, 80);
  for (const { id } of alone) expect(far.get(id), id).toBeGreaterThan(1);
});

/** The largest number of scenarios that wait at the same time, less the number of all; `saysSent`: each says that all was sent. */
async function mostWaiting(atATime: number, saysSent: boolean): Promise<number> {
  const some = all.filter(
    ({ scenario: { prepare, procedure, expect } }) =>
      prepare === undefined && procedure === undefined && expect !== 'observed',
  );
  const last = some.length;
  let running = 0;
  let most = 0;
  let endAll = (): void => undefined;
  const allSent = new Promise<void>((resolve) => {
    endAll = resolve;
  });
  await runPool(some, atATime, {
    async run(_planned, onSent) {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      if (saysSent) onSent();
      if (running === last || !saysSent) endAll();
      await allSent;
      running -= 1;
      return {} as ScenarioResult;
    },
    onResult: () => undefined,
  });
  return most - last;
}

test('a scenario that waits for the control after it holds no other one back', async () => {
  expect(await mostWaiting(4, true)).toBe(0);
  expect(await mostWaiting(4, false)).toBeLessThan(0);
});

test('one at a time, a scenario begins when the one before has ended', async () => {
  let running = 0;
  let most = 0;
  await runPool(planned, 1, {
    async run(_planned, onSent) {
      running += 1;
      most = Math.max(most, running);
      onSent();
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return {} as ScenarioResult;
    },
    onResult: () => undefined,
  });
  expect(most).toBe(1);
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
