import { expect, test } from '@playwright/test';
import type { CellVerdict } from '../../../../harness/model/index.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { renderComparisonMarkdown } from '../../../../harness/report/compare/render/markdown.ts';
import { renderText } from '../../../../harness/report/compare/render/text.ts';
import { compared, reportOf, run } from '../../support/compared.ts';
import { cell, family, finding, type header, record, requirement, result } from '../../support/reports.ts';

for (const [old, now, level, change, exitCode, exitStrict] of [
  ['pass', 'pass', 'must', undefined, 0, 0],
  ['pass', 'fail', 'must', 'newly-failing', 1, 1],
  ['warn', 'fail', 'must', 'newly-failing', 1, 1],
  ['inconclusive', 'fail', 'must', 'newly-failing', 1, 1],
  ['not-tested', 'fail', 'must', 'newly-failing', 1, 1],
  ['not-applicable', 'fail', 'must', 'newly-failing', 1, 1],
  ['fail', 'fail', 'must', 'still-failing', 0, 0],
  ['fail', 'pass', 'must', 'newly-passing', 0, 0],
  ['fail', 'warn', 'must', 'newly-passing', 0, 0],
  ['pass', 'warn', 'must', 'newly-warning', 0, 1],
  ['warn', 'warn', 'must', 'still-warning', 0, 0],
  ['warn', 'pass', 'must', 'newly-passing', 0, 0],
  ['pass', 'inconclusive', 'must', 'no-longer-decided', 2, 2],
  ['pass', 'not-tested', 'must', 'no-longer-decided', 2, 2],
  ['fail', 'inconclusive', 'must', 'no-longer-decided', 2, 2],
  ['inconclusive', 'not-tested', 'must', 'still-undecided', 0, 0],
  ['inconclusive', 'pass', 'must', 'newly-decided', 0, 0],
  ['pass', 'not-applicable', 'must', 'no-longer-applicable', 2, 2],
  ['fail', 'not-applicable', 'must', 'no-longer-applicable', 2, 2],
  ['inconclusive', 'not-applicable', 'must', 'no-longer-applicable', 0, 0],
  ['pass', 'not-applicable', 'should', 'no-longer-applicable', 0, 2],
  ['not-applicable', 'pass', 'must', 'newly-decided', 0, 0],
  ['pass', 'fail', 'should', 'newly-warning', 0, 1],
  ['pass', 'warn', 'should', 'newly-warning', 0, 1],
  ['warn', 'fail', 'should', 'still-warning', 0, 0],
  ['pass', 'inconclusive', 'should', 'no-longer-decided', 0, 2],
] as const) {
  test(`a ${level.toUpperCase()} from ${old} to ${now} is ${change ?? 'unchanged'}, exit ${exitCode}, strict ${exitStrict}`, () => {
    const id = level === 'must' ? 'must/a' : 'should/c';
    const both = (verdict: CellVerdict) => run({ [`${id}/one`]: verdict, [`${id}/two`]: verdict });
    const { changes, exitCode: code } = compared(both(old), both(now));
    expect(changes).toEqual(change === undefined ? {} : { [id]: change });
    expect(code).toBe(exitCode);
    expect(compared(both(old), both(now), true).exitCode).toBe(exitStrict);
  });
}

test('another scenario of a requirement that already fails is a regression, and is named', () => {
  const { comparison, exitCode, changes } = compared(
    run({ 'must/a/one': 'fail' }),
    run({ 'must/a/one': 'fail', 'must/a/two': 'fail' }),
  );
  expect([exitCode, changes]).toEqual([1, { 'must/a': 'still-failing' }]);
  expect(comparison.reason).toBe('must/a fails now and not before');
  expect(comparison.requirements[0]?.scenarios.map(({ id }) => id)).toEqual(['must/a/two']);
  const text = renderText(comparison, { color: false, columns: 100 });
  expect(text).toContain('Still failing, now on more operations (1)');
});

/** The first scenario with these cells, `operation: verdict and status`. */
function withCells(cells: Record<string, readonly [CellVerdict, number]>): Report {
  const made = Object.entries(cells).map(([operation, [verdict, status]]) => ({
    cell: cell(verdict, {
      operation,
      exchanges: [operation],
      findings: verdict === 'fail' ? [finding('must/a', { message: `found ${status}` })] : [],
    }),
    exchange: { ...record(operation), response: { status, headers: [], body: '', bodyBytes: 0 } },
  }));
  const worst = made.some((one) => one.cell.verdict === 'fail') ? 'fail' : 'pass';
  const first = result('must/a/one', worst, {
    cells: made.map((one) => one.cell),
    exchanges: made.map(({ exchange }) => exchange),
  });
  return reportOf(family(requirement('must/a')), [first]);
}

test('a further operation is a regression, and so is one that had no cell before', () => {
  const before = withCells({ 'GET /a': ['fail', 200], 'GET /b': ['pass', 401] });
  const spread = compared(before, withCells({ 'GET /a': ['fail', 200], 'GET /b': ['fail', 204] }));
  expect([spread.exitCode, spread.changes]).toEqual([1, { 'must/a': 'still-failing' }]);
  expect(spread.comparison.requirements[0]?.scenarios[0]?.cells).toEqual([
    {
      operation: 'GET /b',
      old: { verdict: 'pass', answers: ['401'], messages: [] },
      new: { verdict: 'fail', answers: ['204'], messages: ['found 204'] },
      worse: 'fails',
    },
  ]);
  expect(renderText(spread.comparison, { color: false, columns: 100 })).toContain('401 → 204 on GET /b');
  const appeared = compared(before, withCells({ 'GET /a': ['fail', 200], 'GET /c': ['fail', 204] }));
  expect([appeared.exitCode, appeared.changes]).toEqual([1, { 'must/a': 'still-failing' }]);
  expect(renderText(appeared.comparison, { color: false, columns: 100 })).toContain('204 on GET /c');
  const vanished = compared(before, withCells({ 'GET /a': ['fail', 200] }));
  expect([vanished.exitCode, vanished.changes]).toEqual([0, { 'must/a': 'still-failing' }]);
});

test('changed answers with the same verdict are reported, grouped by the answers', () => {
  const { comparison, exitCode } = compared(
    withCells({ 'GET /a': ['pass', 401], 'GET /b': ['pass', 401], 'GET /c': ['pass', 401] }),
    withCells({ 'GET /a': ['pass', 400], 'GET /b': ['pass', 400], 'GET /c': ['pass', 401] }),
  );
  expect(exitCode).toBe(0);
  const cells = ['GET /a', 'GET /b'].map((operation) => ({
    requirement: 'must/a',
    scenario: 'must/a/one',
    operation,
  }));
  expect(comparison.answers).toEqual([{ old: ['401'], new: ['400'], cells }]);
  const text = renderText(comparison, { color: false, columns: 100 });
  expect(text).toContain('401 → 400  GET /a and 1 more operation, in must/a');
});

test('whether a connection ends before the answer arrives is timing if both pass: it is not a changed answer', () => {
  const answering = (verdict: CellVerdict, ...statuses: readonly (number | 'broken')[]): Report => {
    const exchanges = statuses.map((status, at) => ({
      ...record(`${at}`),
      ...(status === 'broken'
        ? { failure: { kind: status, message: 'closed' } }
        : { response: { status, headers: [], body: '', bodyBytes: 0 } }),
    }));
    const findings = verdict === 'fail' ? [finding('must/a')] : [];
    const made = cell(verdict, { operation: 'GET /a', exchanges: exchanges.map(({ id }) => id), findings });
    return reportOf(family(requirement('must/a')), [
      result('must/a/one', verdict, { cells: [made], exchanges }),
    ]);
  };
  const [answered, closed] = [answering('pass', 200, 431), answering('pass', 200, 'broken')];
  expect(compared(answered, closed).comparison.answers).toEqual([]);
  expect(compared(closed, answered).comparison.answers).toEqual([]);
  expect(compared(answered, answering('pass', 200, 413)).comparison.answers).toHaveLength(1);
  expect(compared(answering('fail', 200), answering('fail', 'broken')).comparison.answers).toHaveLength(1);
});

test('a lost scenario of a requirement that passes still is undecided', () => {
  const now = run({ 'must/a/two': 'not-tested' });
  expect(now.requirements[0]?.verdict).toBe('pass');
  const { exitCode, changes } = compared(run({}), now);
  expect([exitCode, changes]).toEqual([2, { 'must/a': 'no-longer-decided' }]);
});

test('a scenario that no longer applies is lost, and its requirement is named', () => {
  const { comparison, exitCode, changes } = compared(run({}), run({ 'must/a/two': 'not-applicable' }));
  expect([exitCode, changes]).toEqual([2, { 'must/a': 'no-longer-decided' }]);
  expect(comparison.reason).toBe('must/a was decided before and not now');
});

test('a lost scenario is undecided next to a known failure, as it is next to a failure', () => {
  const entry = { requirement: 'must/a', reason: 'r', owner: 'o', expires: '2999-12-31' };
  const now = (head: Partial<Parameters<typeof header>[0]>) =>
    run({ 'must/a/one': 'fail', 'must/a/two': 'not-tested' }, head);
  const listed = now({ baseline: { file: 'known.yaml', entries: [entry] } });
  expect(listed.requirements[0]?.verdict).toBe('known');
  const before = run({ 'must/a/one': 'fail' });
  expect(compared(before, now({})).exitCode).toBe(2);
  expect(compared(before, listed)).toMatchObject({ exitCode: 2, changes: { 'must/a': 'still-failing' } });
});

test('findings in exchanges of other scenarios that nobody had before are newly failing', () => {
  const watched = family(requirement('f/watch', { observe: 'no redirect' }), requirement('f/other'));
  const seen = (operation: string) => ({ ...finding('f/watch', { message: 'redirected' }), operation });
  const runs = (...operations: string[]) =>
    reportOf(watched, [
      result('f/watch/one', 'pass'),
      result('f/other/one', 'pass', { observed: operations.map(seen) }),
    ]);
  expect(compared(runs(), runs('GET /a'))).toMatchObject({
    exitCode: 1,
    changes: { 'f/watch': 'newly-failing' },
  });
  expect(compared(runs('GET /a'), runs('GET /a', 'GET /b'))).toMatchObject({
    exitCode: 1,
    changes: { 'f/watch': 'still-failing' },
  });
  expect(compared(runs('GET /a', 'GET /b'), runs('GET /a'))).toMatchObject({ exitCode: 0 });
  expect(compared(runs('GET /a'), runs())).toMatchObject({ changes: { 'f/watch': 'newly-passing' } });
});

test('a failure that the baseline lists is not a regression, and another one is', () => {
  const known = (report: Report): Report => ({
    ...report,
    requirements: report.requirements.map((one) =>
      one.verdict === 'fail' ? { ...one, verdict: 'known' } : one,
    ),
  });
  const [good, bad] = [run({}), run({ 'must/a/one': 'fail' })];
  expect(compared(good, known(bad))).toMatchObject({ exitCode: 0, changes: { 'must/a': 'newly-known' } });
  expect(compared(known(bad), bad)).toMatchObject({ exitCode: 0, changes: { 'must/a': 'still-failing' } });
  expect(compared(known(bad), good)).toMatchObject({ changes: { 'must/a': 'newly-passing' } });
  const more = run({ 'must/a/one': 'fail', 'must/a/two': 'fail' });
  expect(compared(known(bad), more)).toMatchObject({ exitCode: 1, changes: { 'must/a': 'still-failing' } });
});

test('requirements that only one catalogue has are new or gone, and the digests are said', () => {
  const smaller = reportOf(family(requirement('must/a')), [result('must/a/one', 'pass')]);
  const larger = reportOf(
    family(requirement('must/a'), requirement('must/z')),
    [result('must/a/one', 'pass'), result('must/z/one', 'fail')],
    { suite: { name: 'suite', version: '1.2.3', catalogueDigest: 'sha256:1' } },
  );
  const grown = compared(smaller, larger);
  expect([grown.exitCode, grown.changes]).toEqual([0, { 'must/z': 'new' }]);
  expect(grown.comparison.notes).toEqual([
    expect.stringContaining('the catalogues differ (sha256:0 and sha256:1)'),
  ]);
  const shrunk = compared(larger, smaller);
  expect([shrunk.exitCode, shrunk.changes]).toEqual([0, { 'must/z': 'gone' }]);
});

const without = (report: Report, drop: (text: string) => boolean): Report => ({
  ...report,
  requirements: report.requirements
    .filter(({ id }) => !drop(id))
    .map((one) => ({
      ...one,
      scenarios: one.scenarios
        .filter(({ id }) => !drop(id))
        .map((each) => ({ ...each, cells: each.cells.filter(({ operation }) => !drop(operation)) })),
    })),
});

for (const [what, old, drop, exitCode, exitStrict] of [
  ['a MUST that passed', run({}), 'must/a', 2, 2],
  ['a MUST that failed', run({ 'must/a/one': 'fail' }), 'must/a', 2, 2],
  ['a MUST that was not decided', run({ 'must/a/one': 'inconclusive' }), 'must/a', 0, 0],
  ['a SHOULD that passed', run({}), 'should/c', 0, 2],
  ['a scenario that passed', run({}), 'must/a/two', 2, 2],
  ['a scenario that was not decided', run({ 'must/a/two': 'inconclusive' }), 'must/a/two', 0, 0],
  ['every cell of an operation', run({}), 'GET /v1/version', 2, 2],
] as const) {
  test(`${what} and is gone from the report comes to exit ${exitCode}, strict ${exitStrict}`, () => {
    const now = without(old, (text) => text === drop);
    expect(compared(old, now).exitCode).toBe(exitCode);
    expect(compared(old, now, true).exitCode).toBe(exitStrict);
  });
}

test('a report that has lost everything does not pass, whatever it says about itself', () => {
  const { exitCode, comparison } = compared(run({}), { ...run({}), requirements: [] });
  expect([exitCode, comparison.reason]).toEqual([2, '2 requirements were decided before and not now']);
  const emptied = compared(run({}), { ...run({}), target: { baseUrl: 'http://target', operations: [] } });
  expect(emptied.exitCode).toBe(2);
});

test('a requirement that passed and is not in the other catalogue is reported', () => {
  const larger = family(requirement('must/a'), requirement('must/z'));
  const suite = { name: 'suite', version: '1.2.4', catalogueDigest: 'sha256:1' };
  const old = reportOf(larger, [result('must/a/one', 'pass'), result('must/z/one', 'pass')]);
  const now = reportOf(family(requirement('must/a')), [result('must/a/one', 'pass')], { suite });
  expect(compared(old, now).exitCode).toBe(2);
});

test('text from a target moves neither a terminal nor a page', () => {
  const hostile = withCells({ 'GET /a': ['fail', 200] });
  const before = withCells({ 'GET /a': ['pass', 200] });
  hostile.requirements[0]!.scenarios[0]!.cells[0]!.findings[0]!.message =
    '\u001b[2J<script>alert(1)</script>`|';
  const { comparison } = compared(before, hostile);
  const text = renderText(comparison, { color: false, columns: 100 });
  expect(text).toContain('\\x1b[2J');
  expect(text).not.toContain('\u001b');
  expect(renderComparisonMarkdown(comparison)).not.toMatch(/<script|\u001b/);
});
