import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { renderComparisonMarkdown } from '../../../../harness/report/compare/render/markdown.ts';
import { renderText } from '../../../../harness/report/compare/render/text.ts';
import { compared, reportOf } from '../../support/compared.ts';
import { runReference } from '../../support/engine.ts';
import { family, requirement, result } from '../../support/reports.ts';

const chain = family(
  requirement('f/third', { explainedBy: ['f/second'] }),
  requirement('f/second', { explainedBy: ['f/first'] }),
  requirement('f/plain'),
  requirement('f/first'),
);

/** A run in which exactly these fail, all on one operation. */
function failing(...ids: readonly string[]): Report {
  const results = (chain[0]?.requirements ?? []).map(({ id }) =>
    result(`${id}/one`, ids.includes(id) ? 'fail' : 'pass'),
  );
  return reportOf(chain, results);
}

test('what newly fails is listed with causes first, and the headline names the first of them', () => {
  const { comparison } = compared(failing(), failing('f/third', 'f/second', 'f/first'));
  expect(comparison.reason).toBe('f/first and 2 more fail now and not before');
  expect(comparison.requirements.map(({ id, fixFirst }) => [id, fixFirst])).toEqual([
    ['f/first', undefined],
    ['f/third', 'f/first'],
    ['f/second', 'f/first'],
    ['f/plain', undefined],
  ]);
  expect(comparison.requirements.filter((pair) => 'fixFirst' in pair)).toHaveLength(2);
});

test('text and Markdown say at a consequence what to fix first, and nowhere else', () => {
  const { comparison } = compared(failing(), failing('f/second', 'f/first'));
  const text = renderText(comparison, { color: false, columns: 100 });
  const markdown = renderComparisonMarkdown(comparison);
  for (const said of [text, markdown]) {
    expect(said.match(/probably caused by f\/first: fix that first/g)).toHaveLength(1);
    expect(said.indexOf('f/first')).toBeLessThan(said.indexOf('f/second'));
  }
  expect(text).toContain('Newly failing (2)\n✕ MUST   f/first');
});

test('a consequence of what failed before is a regression still, and says what to fix first', () => {
  const { comparison, exitCode } = compared(failing('f/first'), failing('f/first', 'f/second'));
  expect([exitCode, comparison.reason]).toEqual([1, 'f/second fails now and not before']);
  const [first, second] = comparison.requirements;
  expect([first?.change, second?.change, second?.fixFirst]).toEqual([
    'still-failing',
    'newly-failing',
    'f/first',
  ]);
});

test('a verdict that is cached is the regression that a run names, not what follows from it', async () => {
  const options = { depth: 'quick', atATime: 4, families: ['regeneration'] } as const;
  const [before, after] = await Promise.all([
    runReference({}, options),
    runReference({ faults: ['verdict-cached-5-s'] }, options),
  ]);
  const { comparison } = compared(before, after);
  expect(after.reason).toContain('(regeneration/caches-forget-at-once) and');
  expect(comparison.reason).toMatch(/^regeneration\/caches-forget-at-once and \d+ more fail/);
  expect(comparison.requirements[0]?.id).toBe('regeneration/caches-forget-at-once');
});
