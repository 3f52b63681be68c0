import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { lastFailed } from '../../../harness/cli/last-failed.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { cli, conformance, linesOf, reportIn } from '../support/cli.ts';

test.describe.configure({ timeout: 300_000 });

const some = '^token/signature-(verified/(zeros|ones)|present/)';

test('only what failed runs again, the verdict is partial at best and says so', async () => {
  const out = test.info().outputPath('report');
  const broken = await startReference({ faults: ['signature-ignored'] });
  const first = await conformance(out, ['-g', some, '--depth', 'quick'], { environment: broken.environment });
  await broken.close();
  expect(first.exitCode).toBe(1);
  const failed = first.report.requirements
    .flatMap(({ scenarios }) => scenarios)
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ id }) => id);
  expect(failed).toContain('token/signature-verified/zeros');
  expect(lastFailed(out, {})).toEqual(failed);
  expect(lastFailed(out, { grep: 'zeros' })).toEqual(['token/signature-verified/zeros']);

  // The server is fixed.
  const fixed = await startReference();
  const environment = fixed.environment;
  const again = await conformance(out, ['--last-failed', '--depth', 'quick'], { environment });
  const ran = again.report.requirements
    .flatMap(({ scenarios }) => scenarios)
    .filter(({ cells }) => cells.length > 0)
    .map(({ id }) => id);
  expect(ran).toEqual(failed);
  expect([again.exitCode, again.report.verdict]).toEqual([2, 'partial']);
  expect(again.report.options.selection).toBe('--last-failed');
  expect(again.report.reason).toContain('--last-failed selects only a part');
  expect(again.stdout).not.toContain('-g --last-failed');
  const { notTested } = again.report;
  expect(notTested).toEqual([]);

  // Now nothing is left.
  const done = await cli(['run', '--last-failed', '--out', out], { environment });
  await fixed.close();
  expect(linesOf(done.stdout)).toEqual([
    `Nothing failed in the last run, by ${join(out, 'report.json')}; run without --last-failed.`,
  ]);
  expect(done.exitCode).toBe(2);
  expect((await reportIn(out)).runId).toBe(again.report.runId);
});

test('without a report, or with something else in its place, it is exit code 3 and one sentence', async () => {
  const out = test.info().outputPath('empty');
  const none = await cli(['run', '--last-failed', '--out', out]);
  expect([none.exitCode, none.stdout]).toEqual([3, '']);
  expect(linesOf(none.stderr)).toEqual([
    `--last-failed needs the report of a run, and ${join(out, 'report.json')} does not exist; run without it first.`,
  ]);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, 'report.json'), '{}');
  const other = await cli(['run', '--last-failed', '--out', out]);
  expect([other.exitCode, linesOf(other.stderr)]).toEqual([
    3,
    [`${join(out, 'report.json')} is not a report of this suite; give the report.json of a run.`],
  ]);
  const shard = await cli(['run', '--last-failed', '--shard', '1/2', '--out', out]);
  expect([shard.exitCode, linesOf(shard.stderr)]).toEqual([
    3,
    ['--last-failed and --shard do not go together; leave one of them out.'],
  ]);
  // These commands did not overwrite it.
  expect(await readFile(join(out, 'report.json'), 'utf8')).toBe('{}');
});
