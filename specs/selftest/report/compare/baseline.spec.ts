import { expect, test } from '@playwright/test';
import type { BaselineEntry, CellVerdict } from '../../../../harness/model/index.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { renderComparisonMarkdown } from '../../../../harness/report/compare/render/markdown.ts';
import { renderText } from '../../../../harness/report/compare/render/text.ts';
import { exitCodeOf } from '../../../../harness/report/run-verdict.ts';
import { compared, run } from '../../support/compared.ts';
import { header } from '../../support/reports.ts';

function entry(more: Partial<BaselineEntry> = {}): BaselineEntry {
  return { requirement: 'must/a', reason: 'ticket 17', owner: 'team', expires: '2026-12-31', ...more };
}

/** A run on 2026-01-02 with these baseline entries. */
function listed(
  verdicts: Record<string, CellVerdict>,
  entries: readonly BaselineEntry[],
  more: Partial<Parameters<typeof header>[0]> = {},
): Report {
  return run(verdicts, { baseline: { file: 'known.yaml', entries: [...entries] }, ...more });
}

for (const [level, old, id, verdict] of [
  ['MUST', 'pass', 'must/a', 'fail'],
  ['MUST', 'warn', 'must/a', 'fail'],
  ['MUST', 'inconclusive', 'must/a', 'fail'],
  ['SHOULD', 'pass', 'should/c', 'warn'],
] as const) {
  test(`a ${level} from ${old} to known is newly known under a heading of its own, exit 0`, () => {
    const before = run({ [`${id}/one`]: old });
    const after = listed({ [`${id}/one`]: verdict }, [entry({ requirement: id })]);
    const { comparison, exitCode, changes } = compared(before, after, true);
    expect([exitCode, changes]).toEqual([0, { [id]: 'newly-known' }]);
    expect(comparison.counts).toMatchObject({ 'newly-known': 1, 'newly-failing': 0, 'newly-warning': 0 });
    expect(comparison.reason).toBe('nothing fails that did not fail before, except what the baseline lists');
    const text = renderText(comparison, { color: false, columns: 120 });
    expect(text).toContain(`Newly known, listed in the baseline (1)\n◐ ${level.padEnd(6)} ${id}`);
    expect(text).toContain(`(${old} → known)`);
    const markdown = renderComparisonMarkdown(comparison);
    expect(markdown).toContain(`### Newly known, listed in the baseline (1)\n\n- ${level} \`${id}\``);
    for (const said of [text, markdown]) expect(said).not.toMatch(/Newly failing|Newly warned|✕/);
  });
}

test('of two targets the heading says on which one it is known', () => {
  const target = { ...header().target, baseUrl: 'http://staging' };
  const after = listed({ 'must/a/one': 'fail' }, [entry()], { target });
  const text = renderText(compared(run({}), after).comparison, { color: false, columns: 120 });
  expect(text).toContain('Known only on http://staging, listed in the baseline (1)');
});

test('a known failure whose entry expired fails as before, and the baseline no longer excuses it: exit 0', () => {
  const entries = [entry({ expires: '2026-01-01' })];
  const before = listed({ 'must/a/one': 'fail' }, entries, { startedAt: Date.parse('2026-01-01T23:00:00Z') });
  const after = listed({ 'must/a/one': 'fail' }, entries);
  expect([before, after].map(exitCodeOf)).toEqual([0, 1]);
  const { comparison, exitCode, changes } = compared(before, after);
  expect([exitCode, changes]).toEqual([0, { 'must/a': 'still-failing' }]);
  const unexcused = 'the baseline no longer excuses it: its entry ended on 2026-01-01 (team)';
  expect(comparison.requirements[0]).toMatchObject({ old: 'known', new: 'fail', unexcused });
  expect(comparison.reason).toBe(
    'nothing fails that did not fail before; the baseline no longer excuses must/a',
  );
  for (const said of [
    renderText(comparison, { color: false, columns: 120 }),
    renderComparisonMarkdown(comparison),
  ]) {
    expect(said).toContain('(known → fail)');
    expect(said.replaceAll('\\', '')).toContain(unexcused);
  }
});

test('what else is no longer excused, and what still is', () => {
  const before = listed({ 'must/a/one': 'fail', 'should/c/one': 'warn' }, [
    entry(),
    entry({ requirement: 'should/c' }),
  ]);
  const unexcusedIn = (after: Report): (string | undefined)[] =>
    compared(before, after).comparison.requirements.flatMap(({ id, unexcused }) =>
      unexcused === undefined ? [] : [`${id}: ${unexcused}`],
    );
  const same = { 'must/a/one': 'fail', 'should/c/one': 'warn' } as const;
  expect(unexcusedIn(before)).toEqual([]);
  expect(unexcusedIn(listed(same, [entry()]))).toEqual([
    'should/c: the baseline no longer excuses it: no entry lists it now',
  ]);
  expect(unexcusedIn(run({ 'must/a/one': 'fail' }))).toEqual([
    'must/a: the baseline no longer excuses it: the second run has no baseline',
  ]);
  const target = { ...header().target, baseUrl: 'http://staging' };
  expect(unexcusedIn(run({ 'must/a/one': 'fail' }, { target }))).toEqual([
    'must/a: the baseline excuses it on the first target only: the second run has no baseline',
  ]);
  // Another scenario fails as well: a regression, and the entry is still in force.
  const more = listed({ ...same, 'must/a/two': 'fail' }, [
    entry({ scenario: 'must/a/one' }),
    entry({ requirement: 'should/c' }),
  ]);
  expect(unexcusedIn(more)).toEqual([]);
  expect(compared(before, more).exitCode).toBe(1);
});
