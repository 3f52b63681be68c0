import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { buildHistory } from '../../../../harness/report/history/build.ts';
import type { History } from '../../../../harness/report/history/model.ts';
import { nightOf } from '../../../../harness/report/history/night.ts';
import { renderHistoryMarkdown } from '../../../../harness/report/history/render/markdown.ts';
import { renderPage } from '../../../../harness/report/history/render/page.ts';
import { exitCodeOf } from '../../../../harness/report/run-verdict.ts';
import { cache, isDown, lessTarget, night, sevenNights, unchecked } from '../../support/seven-nights.ts';

const historyOf = (...reports: readonly Report[]): History =>
  buildHistory(
    reports.map((report, at) => nightOf(report, `${at}/report.json`)),
    [],
  );
const rowOf = (history: History, id: string) => history.requirements.find((row) => row.id === id)!;
const day = (of: number): string => `2026-01-0${of}T02:17:00.000Z`;

test('the seven nights end with these exit codes', () => {
  expect(sevenNights.map(exitCodeOf)).toEqual([0, 1, 1, 2, 2, 2, 0]);
});

test('the history says after each of the seven nights what is true then', () => {
  const summaries = sevenNights.map((_, at) => historyOf(...sevenNights.slice(0, at + 1)).summary);
  const worst = `"${rowOf(historyOf(...sevenNights), cache).title.replace(/\.$/, '')}" (${cache})`;
  const both = `2 requirements fail, ${worst} since 2 January 2026, 02:17 UTC`;
  expect(summaries).toEqual([
    'Nothing fails',
    `1 requirement fails, ${worst} since 2 January 2026, 02:17 UTC`,
    both,
    ...sevenNights.slice(3, 6).map(({ cause }) => `${both}; the last night could not decide: ${cause}`),
    'Nothing fails',
  ]);
});

test('a strip has a gap for every night that could not decide, and never a success', () => {
  const history = historyOf(...sevenNights);
  const gap = ['inconclusive', 'inconclusive', 'inconclusive'];
  expect(rowOf(history, cache)).toMatchObject({
    verdicts: ['pass', 'fail', 'fail', ...gap, 'pass'],
    now: 'pass',
    firstSeen: day(2),
    changes: 2,
    flaky: false,
  });
  expect(rowOf(history, cache).since).toBeUndefined();
  expect(rowOf(history, unchecked).verdicts).toEqual(['pass', 'pass', 'fail', ...gap, 'pass']);
  expect(rowOf(history, 'token/signature-verified').verdicts).toEqual([
    'pass',
    'pass',
    'pass',
    ...gap,
    'pass',
  ]);
  expect(history.nights.map(({ decided }) => decided)).toEqual([true, true, true, false, false, false, true]);
});

test('what failed before the gap fails still, since its first night', () => {
  const history = historyOf(...sevenNights.slice(0, 6));
  expect(
    history.requirements.map(({ id, now, since, undecidedNights }) => [id, now, since, undecidedNights]),
  ).toEqual([
    [cache, 'fail', day(2), 3],
    [unchecked, 'fail', day(3), 3],
    ['token/signature-verified', 'pass', undefined, 3],
  ]);
});

test('of what passes in a broken night nothing is believed', () => {
  const broken: Report = { ...night(2, []), suiteFaults: ['a fault of the suite'] };
  const history = historyOf(night(1, [cache]), broken);
  expect(rowOf(history, cache)).toMatchObject({ verdicts: ['fail', 'inconclusive'], now: 'fail' });
  expect(history.nights[1]).toMatchObject({
    outcome: 'broken',
    reason: 'a fault of the suite',
    decided: false,
  });
});

test('one that broke, was kept and broke again is flaky; a gap is no change', () => {
  const down = night(4, [], isDown);
  const history = historyOf(night(1, []), night(2, [cache]), night(3, []), down, night(5, [cache]));
  expect(rowOf(history, cache)).toMatchObject({ changes: 3, flaky: true, firstSeen: day(2), since: day(5) });
  expect(renderHistoryMarkdown(history)).toContain('3 (flaky)');
  expect(renderPage(history)).toContain('3 times, flaky');
});

test('the order of the files does not matter', () => {
  const forward = historyOf(...sevenNights);
  const backward = historyOf(...sevenNights.toReversed());
  expect(backward).toEqual(forward);
});

test('another target and a run that is there twice are left out and named', () => {
  const elsewhere = night(3, [cache], undefined, { target: { ...lessTarget, baseUrl: 'http://mock' } });
  const history = historyOf(night(1, []), night(1, []), elsewhere, night(4, []));
  expect(history.nights).toHaveLength(2);
  expect(history.leftOut).toEqual([
    { file: '2/report.json', why: 'it is about another target, http://mock' },
    { file: '1/report.json', why: 'the run night-1 is here already' },
  ]);
  expect(renderPage(history)).toContain('it is here already'.replace('it', 'The run night-1'));
});

test('the requirement shows the owner of its baseline entry', () => {
  const baseline = {
    file: 'known.yaml',
    entries: [{ requirement: cache, reason: 'ticket 17', owner: 'gateway team', expires: '2026-12-31' }],
  };
  const history = historyOf(night(1, [cache]), night(2, [cache], undefined, { baseline }));
  expect(rowOf(history, cache)).toMatchObject({
    verdicts: ['fail', 'known'],
    now: 'known',
    since: day(1),
    changes: 0,
    owners: [{ owner: 'gateway team', expires: '2026-12-31' }],
  });
  for (const said of [renderHistoryMarkdown(history), renderPage(history)]) {
    expect(said).toContain('gateway team, until 2026-12-31');
  }
});

test('a night that tested less than the last one that could decide says what is gone', () => {
  const less = night(3, [], undefined, { target: lessTarget });
  const history = historyOf(
    night(1, []),
    night(2, [], isDown),
    less,
    night(4, [], undefined, { target: lessTarget }),
  );
  expect(history.nights.map((one) => one.less)).toEqual([[], [], ['POST /v1/other is gone'], []]);
  expect(historyOf(night(1, []), less).summary).toBe(
    'Nothing fails; the last night tested less than the one before: POST /v1/other is gone',
  );
  for (const said of [renderHistoryMarkdown(history), renderPage(history)]) {
    expect(said.toLowerCase()).toContain('tested less: post /v1/other is gone');
  }
});

test('history.md of the seven nights', () => {
  const markdown = renderHistoryMarkdown(historyOf(...sevenNights));
  expect(markdown).toMatch(/^## ✓ Mufi auth: Nothing fails \(7 nights\)\n\n\*\*Nothing fails\*\*\n/);
  expect(markdown).toContain(
    `| MUST \`${cache}\`: A cache forgets a regenerated key at once. | ✓✕✕???✓ | passes again | 2 January 2026, 02:17 UTC |  | 2 |  |`,
  );
  expect(markdown).toContain('| ✓✓✕???✓ |');
  expect(markdown).not.toContain('token/signature-verified');
  const nights = markdown.split('### Nights')[1]!.trim().split('\n').slice(2);
  expect(nights).toHaveLength(7);
  expect(nights[2]).toContain(
    '| ? inconclusive | the target cannot be reached: nothing listens on its port | ? |',
  );
});
