import { expect, test } from '@playwright/test';
import { type Control, ControlError } from '../../../harness/engine/key-control/protocol.ts';
import { tracked } from '../../../harness/engine/key-control/tracked.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { cell, family, finding, report, requirement, result } from '../support/reports.ts';

const catalogue = family(requirement('f/one'), requirement('f/two'));
const failing = result('f/one/one', 'fail', { cells: [cell('fail', { findings: [finding('f/one')] })] });

test('an interrupted run is partial, whatever it found until then, and says what that was', () => {
  const leftOut = 'the run was interrupted after 1 of 2 scenarios';
  const made = report(catalogue, [failing], { interrupted: true, leftOut });
  expect([made.verdict, made.interrupted, exitCodeOf(made)]).toEqual(['partial', true, 2]);
  expect(made.reason).toBe(
    `${leftOut}; until then the target http://target breaks "Sentence of f/one" (f/one)`,
  );
  expect(made.requirements.map(({ verdict }) => verdict)).toEqual(['fail', 'not-tested']);
});

test('interrupted before the first cell it is no fault of the suite', () => {
  const made = report(catalogue, [], { interrupted: true });
  expect([made.verdict, made.suiteFaults, exitCodeOf(made)]).toEqual(['partial', [], 2]);
});

test('a run that nobody interrupted carries no such mark', () => {
  expect('interrupted' in report(catalogue, [failing])).toBe(false);
});

test('what a run that is cut short made through key control is revoked, after one that cannot be as well, and nothing twice', async () => {
  const revoked: string[] = [];
  let made = 0;
  const control = tracked({
    createKey: async () => {
      made += 1;
      return { id: `k${made}`, key: 'a.b.c', project_id: 'p', permission: 'write' };
    },
    revokeKey: async (id) => {
      if (id === 'k2') throw new ControlError('it is gone');
      revoked.push(id);
    },
  } as Partial<Control> as Control);
  for (let key = 0; key < 4; key += 1) await control.createKey({ permission: 'write' });
  await control.revokeKey('k1');
  await control.revokeLeftovers();
  expect(revoked).toEqual(['k1', 'k3', 'k4']);
});
