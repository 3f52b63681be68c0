import { expect, test } from '@playwright/test';
import { renderMarkdown } from '../../harness/compare/render/markdown.ts';
import { renderText } from '../../harness/compare/render/text.ts';
import type { BaselineEntry, CellVerdict } from '../../harness/model.ts';
import type { Report } from '../../harness/report/schema.ts';
import { compared, run } from './support/compared.ts';
import { header } from './support/reports.ts';

function entry(more: Partial<BaselineEntry> = {}): BaselineEntry {
  return { requirement: 'must/a', reason: 'ticket 17', owner: 'team', expires: '2026-12-31', ...more };
}

/** A run on 2026-01-02 with these entries in its baseline. */
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
    const markdown = renderMarkdown(comparison);
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
