import { expect, test } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { buildReport } from '../../../harness/report/build.ts';
import { mergeParts } from '../../../harness/report/merge.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { type Part, partSchema } from '../../../harness/report/shard.ts';
import { cell, family, finding, header, requirement, result } from '../support/reports.ts';

const catalogue = family(requirement('f/a'), requirement('f/b'), requirement('f/c'));
const ids = ['f/a/one', 'f/b/one', 'f/c/one'];

function part(index: number, more: Partial<Part> = {}): Part {
  const id = ids[index - 1]!;
  return partSchema.parse({
    partVersion: '1.0',
    shard: { index, total: 3 },
    header: header({ runId: `run-${index}` }),
    openapiDigest: 'sha256:1',
    planned: [id],
    results: [result(id, 'pass')],
    suiteFaults: [],
    interrupted: false,
    finishedAt: Date.parse('2026-01-02T03:05:00Z'),
    ...more,
  });
}

function merged(...parts: readonly Part[]): Report {
  const found = parts.map((one, index) => ({ place: `folder-${index + 1}`, part: one }));
  return buildReport(mergeParts(found, catalogue));
}

test('what a shard says of its own cells is worked out again', () => {
  const wrong = { findings: [finding('f/a')] };
  for (const [what, says, cells, verdict, exitCode] of [
    ['a failed cell under a pass', 'pass', [cell('fail', wrong)], 'fail', 1],
    [
      'a failed cell among others',
      'pass',
      [cell('pass', { operation: 'GET /a' }), cell('fail', wrong), cell('pass', { operation: 'GET /b' })],
      'fail',
      1,
    ],
    ['findings in a cell that says pass', 'pass', [cell('pass', wrong)], 'fail', 1],
    ['findings in a cell that says inconclusive', 'inconclusive', [cell('inconclusive', wrong)], 'fail', 1],
    ['findings in a cell that says not tested', 'not-tested', [cell('not-tested', wrong)], 'fail', 1],
    [
      'an undecided cell under a pass',
      'pass',
      [cell('pass', { operation: 'GET /a' }), cell('inconclusive')],
      'inconclusive',
      2,
    ],
    [
      'an untested cell under a pass',
      'pass',
      [cell('pass', { operation: 'GET /a' }), cell('not-tested')],
      'not-tested',
      2,
    ],
    ['passed cells under a failure', 'fail', [cell('pass')], 'pass', 0],
    [
      'a SHOULD that is a failure',
      'fail',
      [cell('fail', { findings: [finding('f/a', { level: 'SHOULD' })] })],
      'warn',
      0,
    ],
  ] as const) {
    const report = merged(
      part(1, { results: [result(ids[0]!, says, { cells: [...cells] })] }),
      part(2),
      part(3),
    );
    expect(report.requirements[0]?.scenarios[0]?.verdict, what).toBe(verdict);
    expect(exitCodeOf(report), what).toBe(exitCode);
  }
});

test('a decided result without a cell, or with one twice, is damaged', () => {
  for (const verdict of ['pass', 'warn', 'fail'] as const) {
    const empty = part(1, { results: [result(ids[0]!, verdict, { cells: [] })] });
    expect(() => merged(empty, part(2), part(3))).toThrow(
      'shard 1 of 3 is damaged: f/a/one has a verdict but no cells; run it again',
    );
  }
  const twice = part(1, { results: [result(ids[0]!, 'pass', { cells: [cell('pass'), cell('pass')] })] });
  expect(() => merged(twice, part(2), part(3))).toThrow(
    'shard 1 of 3 is damaged: f/a/one has two cells of GET /v1/version; run it again',
  );
  const again = part(1, { planned: [ids[0]!, ids[0]!] });
  expect(() => merged(again, part(2), part(3))).toThrow(/f\/a\/one is in two shards|is planned twice/);
});

test('an unknown verdict, in a result or a cell, is no part', () => {
  const one = part(1);
  const wrong = { ...result(ids[0]!, 'pass'), verdict: 'passed' };
  expect(partSchema.safeParse({ ...one, results: [wrong] }).success).toBe(false);
  const inside = { ...result(ids[0]!, 'pass'), cells: [{ ...cell('pass'), verdict: 'known' }] };
  expect(partSchema.safeParse({ ...one, results: [inside] }).success).toBe(false);
});
