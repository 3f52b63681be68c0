import { expect, test } from '@playwright/test';
import { allScenarios } from '../../../harness/engine/run/index.ts';
import type { Family } from '../../../harness/model/index.ts';
import { isKilled, proveFault } from '../../../harness/proof/kill-matrix/faults.ts';
import { ownFaults, unclaimedFaults } from '../../../harness/proof/kill-matrix/own.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';

test.describe.configure({ timeout: 600_000 });

const seed = 14;
const sampleSize = 50;
const realRuns = 3;

/** Numbers from 0 to 1, the same for the same seed. */
function* numbers(from: number): Generator<number, never> {
  let state = from;
  for (;;) {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    yield state / 2 ** 32;
  }
}

function without(id: string): Family[] {
  return catalogue.map((family) => ({
    ...family,
    requirements: family.requirements.map((requirement) => ({
      ...requirement,
      scenarios: requirement.scenarios.filter((one) => `${requirement.id}/${one.id}` !== id),
    })),
  }));
}

const own = ownFaults(catalogue, faults);
const claimants = new Map<string, number>();
for (const ids of own.values()) for (const id of ids) claimants.set(id, (claimants.get(id) ?? 0) + 1);

/** Rows with a fault of their own; if a row shares its faults with others, the lock of ids notices its loss. */
const rows = allScenarios(catalogue)
  .map(({ id }) => ({ id, alone: (own.get(id) ?? []).filter((fault) => claimants.get(fault) === 1) }))
  .filter(({ alone }) => alone.length > 0);

const random = numbers(seed);
const shuffled = rows
  .map((row) => ({ row, at: random.next().value }))
  .sort((one, other) => one.at - other.at)
  .map(({ row }) => row);

/** The rows of a requirement are a table. */
const tableOf = ({ id }: { readonly id: string }): string => id.slice(0, id.lastIndexOf('/'));
const tables = new Set(shuffled.map(tableOf));
const ofEachTable = shuffled.filter(
  (row, at) => shuffled.findIndex((other) => tableOf(other) === tableOf(row)) === at,
);
/** One row of every table, and more until there are enough. */
const sample = [...ofEachTable, ...shuffled.filter((row) => !ofEachTable.includes(row))].slice(
  0,
  Math.max(sampleSize, ofEachTable.length),
);

test(`a table that loses one of ${sample.length} rows leaves a fault that nobody claims`, () => {
  expect(sample.length).toBeGreaterThanOrEqual(sampleSize);
  expect(new Set(sample.map(tableOf))).toEqual(tables);
  expect(tables).toContain('transport/http2-like-http1');
  expect(unclaimedFaults(catalogue, faults)).toEqual([]);
  for (const { id, alone } of sample) {
    const noticed = unclaimedFaults(without(id), faults);
    expect(noticed, id).toEqual(alone.map((fault) => `${fault} is claimed by no scenario`));
  }
});

for (const { id, alone } of sample.slice(0, realRuns)) {
  test(`no run sees the fault of ${id} once that row is lost`, async () => {
    const fault = faults.find((one) => one.id === alone[0]);
    if (fault === undefined) throw new Error(`${id} has no fault`);
    const family = (from: readonly Family[]) => from.filter((one) => id.startsWith(`${one.id}/`));
    expect(isKilled(await proveFault(fault, family(catalogue)))).toBe(true);
    expect(isKilled(await proveFault(fault, family(without(id))))).toBe(false);
  });
}
