import { expect, test } from '@playwright/test';
import type { CellVerdict } from '../../../../harness/model/index.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { compared, reportOf, run } from '../../support/compared.ts';
import { cell, family, finding, header, requirement, result } from '../../support/reports.ts';

const [a, b] = ['GET /a', 'GET /b'];

/** One scenario with these cells; several may be about one operation. */
function withCells(...cells: readonly (readonly [operation: string, verdict: CellVerdict])[]): Report {
  const made = cells.map(([operation, verdict]) =>
    cell(verdict, { operation, findings: verdict === 'fail' ? [finding('must/a')] : [] }),
  );
  const worst = cells.some(([, verdict]) => verdict === 'fail') ? 'fail' : 'pass';
  return reportOf(family(requirement('must/a')), [result('must/a/one', worst, { cells: made })]);
}

/** The same report with a baseline that lists the failures on one operation. */
function listing(report: Report, listed: string): Report {
  const known = <One extends { readonly operation: string }>(one: One) =>
    one.operation === listed ? { ...one, verdict: 'known' as const } : one;
  return {
    ...report,
    requirements: report.requirements.map((one) => ({
      ...one,
      scenarios: one.scenarios.map((scenario) => ({ ...scenario, cells: scenario.cells.map(known) })),
    })),
  };
}

test('an operation that a scenario judges twice is as bad as the worse of the two', () => {
  const before = withCells([a, 'fail'], [b, 'pass']);
  for (const twice of [
    withCells([a, 'fail'], [b, 'fail'], [b, 'pass']),
    withCells([a, 'fail'], [b, 'pass'], [b, 'fail']),
  ]) {
    const { comparison, exitCode } = compared(before, twice);
    expect(exitCode).toBe(1);
    expect(comparison.requirements[0]?.scenarios[0]?.cells).toMatchObject([
      { operation: b, old: { verdict: 'pass' }, new: { verdict: 'fail' }, worse: 'fails' },
    ]);
  }
});

test('what the baseline lists on another operation is not a regression next to an old failure', () => {
  const before = withCells([a, 'fail'], [b, 'pass']);
  const now = withCells([a, 'fail'], [b, 'fail']);
  expect(compared(before, now).exitCode).toBe(1);
  expect(compared(before, listing(now, b)).exitCode).toBe(0);
});

test('a run that was strict is compared strictly', () => {
  const warned = (strict: boolean) =>
    run({ 'should/c/one': 'warn' }, { options: { ...header().options, strict } });
  expect(compared(run({}), warned(false)).exitCode).toBe(0);
  expect(compared(run({}), warned(true)).exitCode).toBe(1);
});

test('an operation that the second run did not look for is not gone, and an interruption of it is said', () => {
  const id = 'POST /v1/read';
  const having = (availability: 'available' | 'unknown') =>
    run({}, { target: { ...header().target, operations: [{ id, permission: 'read', availability }] } });
  const { comparison, exitCode } = compared(having('available'), having('unknown'));
  expect([exitCode, comparison.notes]).toEqual([0, []]);
  const interrupted: Report = { ...run({}), interrupted: true };
  expect(compared(run({}), interrupted).comparison.notes).toEqual(['the second run was interrupted']);
});
