import { expect, test } from '@playwright/test';
import { allScenarios } from '../../../harness/engine/run/index.ts';
import { claims, type FaultProof } from '../../../harness/proof/kill-matrix/faults.ts';
import { killMatrix } from '../../../harness/proof/kill-matrix/matrix.ts';
import { ownFaults } from '../../../harness/proof/kill-matrix/own.ts';
import type { TaskOutcome } from '../../../harness/proof/kill-matrix/tasks.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';

const scenarios = allScenarios(catalogue);
const own = ownFaults(catalogue, faults);
const run = { startedAt: '2026-01-01T00:00:00Z', durationMs: 1, machine: 'a test' };

/** The outcomes of a proof in which every fault is detected by exactly the requirements that claim it. */
const outcomes: readonly TaskOutcome[] = faults.map((fault): TaskOutcome => {
  const claiming = scenarios.filter((one) => claims(one, fault));
  const proof: FaultProof = {
    id: fault.id,
    breaks: fault.breaks,
    seenBy: [...new Set(claiming.map(({ requirement }) => requirement.id))],
    scenarios: claiming.map(({ id }) => id),
    missed: [],
    unclaimed: [],
    falseClaims: [],
  };
  return { kind: 'fault', ok: true, proof };
});

const aboutOwn = (some: readonly TaskOutcome[]): readonly string[] =>
  killMatrix(catalogue, some, run).wrong.filter((what) => what.includes('no own fault'));

test('every scenario claims a fault of its own', () => {
  expect([...own].filter(([, ids]) => ids.length === 0).map(([id]) => id)).toEqual([]);
  expect(killMatrix(catalogue, outcomes, run).score.ownFaults).toEqual({
    of: scenarios.length,
    reached: scenarios.length,
  });
  expect(aboutOwn(outcomes)).toEqual([]);
});

test('a scenario without a proved fault of its own is an error that names it', () => {
  const lost = 'token/algorithm-fixed-by-server/prototype';
  const others = outcomes.filter(
    (one) => one.kind === 'fault' && own.get(lost)?.includes(one.proof.id) !== true,
  );
  expect(others.length).toBeLessThan(outcomes.length);
  const [complaint, ...more] = aboutOwn(others);
  expect(complaint).toBe(
    `1 scenario has no own fault, on which at most 5 scenarios of one kind fail: ${lost}`,
  );
  expect(more).toEqual([]);
});

test('a fault that scenarios of two kinds see, or six of one kind, is nobody’s own', () => {
  const twoKinds = ['token/algorithm-fixed-by-server/prototype', 'token/algorithm-none-rejected/none'];
  const six = scenarios
    .filter(({ requirement }) => requirement.id === 'token/algorithm-fixed-by-server')
    .slice(0, 6);
  const without = (id: string, caughtBy: readonly string[]): number =>
    [...ownFaults(catalogue, [{ id, caughtBy }]).values()].filter((ids) => ids.length > 0).length;
  expect(without('made-up', twoKinds)).toBe(0);
  expect(
    without(
      'made-up',
      six.map(({ id }) => id),
    ),
  ).toBe(0);
  expect(
    without(
      'made-up',
      six.slice(1).map(({ id }) => id),
    ),
  ).toBe(5);
});
