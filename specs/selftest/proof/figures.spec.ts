import { expect, test } from '@playwright/test';
import { allScenarios, quickScenarios } from '../../../harness/engine/run/index.ts';
import { blockIn, withBlock } from '../../../harness/generate/readme-block.ts';
import { claims } from '../../../harness/proof/kill-matrix/faults.ts';
import { ownFaults } from '../../../harness/proof/kill-matrix/own.ts';
import { proofBlock, proofMark } from '../../../harness/proof/kill-matrix/render/readme.ts';
import { tasks } from '../../../harness/proof/kill-matrix/tasks.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';
import { textOf } from '../support/imports.ts';

const all = (of: number) => ({ of, reached: of });
const count = (kind: (typeof tasks)[number]['kind']): number =>
  tasks.filter((task) => task.kind === kind).length;

test('the README says of the proof what npm run prove comes to when all is proved', () => {
  const quick = quickScenarios(catalogue);
  const atQuick = allScenarios(catalogue).filter(({ id }) => quick.has(id));
  const seenAtQuick = faults.filter((fault) => atQuick.some((one) => claims(one, fault)));
  const score = {
    faults: all(count('fault')),
    requirements: all(catalogue.flatMap((family) => family.requirements).length),
    scenarios: all(allScenarios(catalogue).length),
    ownFaults: {
      of: allScenarios(catalogue).length,
      reached: [...ownFaults(catalogue, faults).values()].filter((own) => own.length > 0).length,
    },
    quick: { of: faults.length, reached: seenAtQuick.length },
    conformants: all(count('conformant')),
    degenerates: all(count('degenerate')),
    staleness: all(20),
    falseAlarms: 0,
  };
  expect(blockIn(textOf('README.md'), proofMark)).toBe(proofBlock({ score }));
});

test('there are at least 120 faults, 15 conformant servers and 15 that are no Mufi', () => {
  expect(count('fault')).toBeGreaterThanOrEqual(120);
  expect(count('conformant')).toBeGreaterThanOrEqual(15);
  expect(count('degenerate')).toBeGreaterThanOrEqual(15);
});

test('figures go between the marks and nowhere else', () => {
  expect(withBlock('a <!-- proof -->old<!-- /proof --> b', 'proof', 'new')).toBe('a new b');
  expect(() => withBlock('no marks', 'proof', 'new')).toThrow('The page has no');
});
