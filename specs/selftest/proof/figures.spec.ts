import { expect, test } from '@playwright/test';
import { allScenarios, quickScenarios } from '../../../harness/engine/run/index.ts';
import { blockIn, withBlock } from '../../../harness/generate/readme-block.ts';
import { claims } from '../../../harness/proof/kill-matrix/faults.ts';
import type { KillMatrix } from '../../../harness/proof/kill-matrix/matrix.ts';
import { ownFaults } from '../../../harness/proof/kill-matrix/own.ts';
import { proofBlock, proofMark } from '../../../harness/proof/kill-matrix/render/readme.ts';
import { tasks } from '../../../harness/proof/kill-matrix/tasks.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';
import { textOf } from '../support/imports.ts';

const all = (of: number) => ({ of, reached: of });
const count = (kind: (typeof tasks)[number]['kind']): number =>
  tasks.filter((task) => task.kind === kind).length;

/** The score if everything is proved; `npm run prove -- --write` puts it into the README. */
const now: KillMatrix['score'] = {
  faults: all(count('fault')),
  requirements: all(catalogue.flatMap((family) => family.requirements).length),
  scenarios: all(allScenarios(catalogue).length),
  ownFaults: all(allScenarios(catalogue).length),
  quick: { of: faults.length, reached: seenAtQuick() },
  conformants: all(count('conformant')),
  degenerates: all(count('degenerate')),
  staleness: all(20),
  falseAlarms: 0,
};

function seenAtQuick(): number {
  const quick = quickScenarios(catalogue);
  const chosen = allScenarios(catalogue).filter(({ id }) => quick.has(id));
  return faults.filter((fault) => chosen.some((one) => claims(one, fault))).length;
}

/** The figures of a block, each row as "N of M" or a number. */
const figuresOf = (block: string): string[] =>
  block
    .split('\n')
    .slice(3, -1)
    .map((row) => row.split('|')[2]?.trim() ?? '');

test('the README has the figures of a whole proof, in which all was proved, and not of one that is long ago', () => {
  const [said, wanted] = [
    figuresOf(blockIn(textOf('README.md'), proofMark) ?? ''),
    figuresOf(proofBlock({ score: now })),
  ];
  expect(said).toHaveLength(wanted.length);
  for (const [at, figure] of said.entries()) {
    const [reached, of] = figure.split(' of ').map(Number);
    const [, most] = (wanted[at] ?? '').split(' of ').map(Number);
    if (of === undefined || most === undefined) {
      expect(figure).toBe(wanted[at]);
      continue;
    }
    if (wanted[at] === `${most} of ${most}`) expect(reached, figure).toBe(of);
    expect(of, 'more than there is').toBeLessThanOrEqual(most);
    expect(of, 'long ago').toBeGreaterThanOrEqual(most * 0.95);
  }
});

test('every scenario has a fault of its own', () => {
  const own = ownFaults(catalogue, faults);
  expect([...own].filter(([, ids]) => ids.length === 0).map(([id]) => id)).toEqual([]);
});

test('there are at least 120 faults, 15 conformant servers and 15 that do not implement Mufi', () => {
  expect(count('fault')).toBeGreaterThanOrEqual(120);
  expect(count('conformant')).toBeGreaterThanOrEqual(15);
  expect(count('degenerate')).toBeGreaterThanOrEqual(15);
});

test('figures go between the marks and nowhere else', () => {
  expect(withBlock('a <!-- proof -->old<!-- /proof --> b', 'proof', 'new')).toBe('a new b');
  expect(() => withBlock('no marks', 'proof', 'new')).toThrow('The page has no');
});
