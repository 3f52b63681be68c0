import { expect, test } from '@playwright/test';
import type { CellVerdict } from '../../../harness/model/index.ts';
import { because, summarise } from '../../../harness/model/index.ts';
import { sentenceOf } from '../../../harness/report/render/reasons/index.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { cell, family, report, requirement, result, scenario } from '../support/reports.ts';
import { runs } from '../support/runs.ts';

const lattice: readonly (readonly [scenarios: readonly CellVerdict[], verdict: string, by: number])[] = [
  [['pass'], 'pass', 0],
  [['pass', 'warn', 'pass'], 'warn', 1],
  [['pass', 'warn', 'inconclusive'], 'inconclusive', 2],
  [['inconclusive', 'fail', 'warn'], 'fail', 1],
  [['not-applicable', 'pass'], 'pass', 1],
  [['not-tested', 'pass'], 'pass', 1],
  [['not-tested', 'not-applicable', 'warn'], 'warn', 2],
  [['not-tested', 'fail'], 'fail', 1],
  [['not-applicable', 'not-tested'], 'not-tested', 1],
  [['not-tested', 'not-tested'], 'not-tested', 0],
  [['not-applicable', 'not-applicable'], 'not-applicable', 0],
];

for (const [scenarios, verdict, by] of lattice) {
  test(`scenarios that come to ${scenarios.join(', ')} make a requirement ${verdict}`, () => {
    const ids = scenarios.map((_verdict, index) => `s${index}`);
    const one = requirement('f/r', { scenarios: ids.map((id) => scenario(id)) });
    const results = scenarios.map((each, index) => result(`f/r/s${index}`, each, { reason: `why ${index}` }));
    const [made] = report(family(one), results).requirements;
    expect([made!.verdict, made!.reason]).toEqual([verdict, `why ${by}`]);
    expect(made!.scenarios.map((each) => [each.id, each.verdict])).toEqual(
      results.map((each) => [each.scenario, each.verdict]),
    );
  });
}

test('the worst cell decides a scenario, and cells that do not apply do not count', () => {
  const of = (...verdicts: CellVerdict[]) =>
    summarise(verdicts.map((verdict, index) => cell(verdict, { reason: `why ${index}` })));
  expect(of('pass', 'warn', 'pass')).toEqual({ verdict: 'warn', reason: 'why 1' });
  expect(of('inconclusive', 'warn')).toEqual({ verdict: 'inconclusive', reason: 'why 0' });
  expect(of('inconclusive', 'fail')).toEqual({ verdict: 'fail', reason: 'why 1' });
  expect(of('not-applicable', 'pass')).toEqual({ verdict: 'pass', reason: 'why 1' });
  expect(of('not-applicable')).toEqual({ verdict: 'not-applicable', reason: 'why 0' });
  expect(summarise([cell('pass')])).toEqual({ verdict: 'pass' });
  const nothing = because('nothing-to-send-to');
  expect(summarise([])).toEqual({ verdict: 'not-applicable', because: nothing });
  expect(sentenceOf(nothing)).toBe('the API has no operation for this scenario');
});

test('a requirement says what it is, and a scenario without a result is not tested', () => {
  const one = requirement('f/r', {
    level: 'SHOULD',
    profile: 'isolation',
    scenarios: [scenario('a'), scenario('b')],
  });
  const control = { operation: 'GET /v1/version', before: 200, after: 200 };
  const made = report(family(one), [result('f/r/a', 'pass', { control })], {
    leftOut: 'only -g x was selected',
  });
  expect(made.requirements).toEqual([
    {
      id: 'f/r',
      family: 'f',
      title: 'Sentence of f/r.',
      level: 'SHOULD',
      profile: 'isolation',
      verdict: 'pass',
      reason: '1 of 2 scenarios tested: only -g x was selected',
      source: one.source,
      advice: 'Advice for f/r.',
      scenarios: [
        {
          id: 'f/r/a',
          title: 'title of a',
          verdict: 'pass',
          sent: 'sent by f/r/a',
          expected: '401',
          due: 401,
          unmodified: true,
          control,
          cells: [cell('pass')],
          durationMs: 5,
        },
        {
          id: 'f/r/b',
          title: 'title of b',
          verdict: 'not-tested',
          reason: 'only -g x was selected',
          because: because('did-not-run', { why: 'only -g x was selected' }),
          sent: 'title of b',
          expected: '',
          cells: [],
          durationMs: 0,
        },
      ],
    },
  ]);
});

for (const [what, made, verdict, reason, exit] of runs) {
  test(`${what} is ${verdict} with exit code ${exit}`, () => {
    expect([made.verdict, made.reason, exitCodeOf(made)]).toEqual([verdict, reason, exit]);
  });
}

test('the exit code is the verdict, and a fault of the suite outweighs it', () => {
  const codes = (suiteFaults: string[]): number[] =>
    (['conformant', 'nonconformant', 'inconclusive', 'partial'] as const).map((verdict) =>
      exitCodeOf({ verdict, suiteFaults }),
    );
  expect(codes([])).toEqual([0, 1, 2, 2]);
  expect(codes(['x'])).toEqual([3, 3, 3, 3]);
});
