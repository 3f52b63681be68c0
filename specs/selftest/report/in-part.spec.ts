import { expect, test } from '@playwright/test';
import { worseOf } from '../../../harness/model/index.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderJUnit } from '../../../harness/report/render/junit.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { family, header, report, requirement, result, scenario } from '../support/reports.ts';

const catalogue = family(
  requirement('f/whole'),
  requirement('f/part', {
    scenarios: [scenario('one'), scenario('two'), scenario('more', { needs: ['replicas'] })],
  }),
  requirement('f/none', { level: 'SHOULD', needs: ['replicas'] }),
);
const left = { cells: [], requests: 0, reason: 'this run has no replicas' };
const made = report(
  catalogue,
  [
    result('f/whole/one', 'pass'),
    result('f/part/one', 'pass'),
    result('f/part/two', 'pass'),
    result('f/part/more', 'not-tested', left),
    result('f/none/one', 'not-tested', left),
  ],
  {
    header: header({
      capabilities: [['replicas', 'missing']],
      unlocks: [{ capability: 'replicas', sentence: 'Set them.', variables: ['MUFI_REPLICA_URLS'] }],
    }),
  },
);
const said = '2 of 3 scenarios tested: this run has no replicas';

test('a requirement that was tested in part passes by that part, and says so', () => {
  expect(made.requirements.map(({ verdict, reason }) => [verdict, reason])).toEqual([
    ['pass', undefined],
    ['pass', said],
    ['not-tested', 'this run has no replicas'],
  ]);
});

test('what a scenario alone needs makes no profile partial; profile and verdict name it', () => {
  expect([made.verdict, exitCodeOf(made)]).toEqual(['conformant', 0]);
  expect(made.reason).toBe('the target http://target keeps every MUST of core (tested in part: f/part)');
  expect(made.profiles[0]).toMatchObject({ id: 'core', reason: '1 of its requirements is tested in part' });
});

test('every rendering shows it', () => {
  const terminal = renderTerminal(made, { color: false, reportPath: 'r', columns: 200 });
  expect(terminal).toContain(
    'replicas: 1 requirement not tested, 1 other in part. Set them (MUFI_REPLICA_URLS).',
  );
  expect(terminal).toContain('(tested in part: f/part)');
  expect(renderSummary(made)).toContain('1 requirement not tested, 1 other in part');
  expect(renderHtml(made)).toContain(`<p class="why">${said}</p>`);
  expect(renderJUnit(made)).toContain(`pass: ${said}`);
});

test('what was found in part keeps its own reason, and the catalogue says what is missing', () => {
  const results = [
    result('f/whole/one', 'pass'),
    result('f/part/one', 'inconclusive', { reason: 'no answer' }),
    result('f/part/more', 'not-tested', left),
  ];
  const undecided = report(catalogue, results);
  expect(undecided.requirements[1]).toMatchObject({ verdict: 'inconclusive', reason: 'no answer' });
  expect(renderHtml(undecided)).toContain('1 of 3 scenarios tested: ');
});

test('what does not apply to the target is no missing part', () => {
  const results = [
    result('f/part/one', 'pass'),
    result('f/part/two', 'pass'),
    result('f/part/more', 'not-applicable', { ...left, reason: 'the target has no replicas' }),
  ];
  expect(report(catalogue, results).requirements[1]).not.toHaveProperty('reason');
});

test('of two results the worse one counts, in any order', () => {
  const [pass, fail] = [result('f/part/one', 'pass'), result('f/part/one', 'fail')];
  expect(worseOf(fail, pass)).toBe(fail);
  expect(worseOf(pass, fail)).toBe(fail);
});
