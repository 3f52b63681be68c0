import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { partFile } from '../../../harness/report/shard.ts';
import { cli, linesOf } from '../support/cli.ts';
import { cache, sevenNights, unchecked } from '../support/seven-nights.ts';

const inTest = (name: string): string => test.info().outputPath(name);

async function put(name: string, value: unknown): Promise<string> {
  const path = inTest(name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

test('history reads folders and files in any order and names what it cannot read', async () => {
  const [one, two, three, ...others] = sevenNights;
  const last = await put('last/report.json', others.at(-1));
  await put('nights/z/deep/report.json', one);
  await put('nights/a/report.json', three);
  await put('nights/report.json', two);
  await put('nights/future/report.json', { ...one, schemaVersion: '9.0' });
  await put('nights/text/report.json', 'no report\u001b[2J');
  await put('nights/shard/report.json', others[0]);
  await put(`nights/shard/${partFile}`, {});
  const out = inTest('out');
  const { exitCode, stdout, stderr } = await cli(['history', last, inTest('nights'), '--out', out]);
  expect([exitCode, stderr]).toEqual([0, '']);
  const lines = linesOf(stdout);
  expect(lines[0]).toBe('4 nights of http://target: Nothing fails');
  expect(lines.filter((line) => line.startsWith('left out '))).toEqual([
    expect.stringMatching(
      /future.report\.json: .*is a report of schema version "9\.0", and this suite reads 1\.0/,
    ),
    expect.stringMatching(/shard.report\.json: it is one shard of a run; merge the shards first/),
    expect.stringMatching(/text.report\.json: .*is not JSON/),
  ]);
  const history = JSON.parse(await readFile(join(out, 'history.json'), 'utf8'));
  expect(history).toMatchObject({ schemaVersion: '1.0', target: 'http://target' });
  const rows = Object.fromEntries(history.requirements.map((row: { id: string }) => [row.id, row]));
  expect(rows[cache].verdicts).toEqual(['pass', 'fail', 'fail', 'pass']);
  expect(rows[unchecked].verdicts).toEqual(['pass', 'pass', 'fail', 'pass']);
  expect(await readFile(join(out, 'history.md'), 'utf8')).toContain('| ✓✕✕✓ |');
  expect(await readFile(join(out, 'history.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
});

test('a report from before reasons had codes is a night like any other; one of an older schema version is named', async () => {
  const [one, two, three] = sevenNights;
  const newer = new Set(['because', 'embedded', 'unmodified', 'procedure', 'tells', 'ofProject']);
  const before = JSON.stringify(two, (key, value) => (newer.has(key) ? undefined : value));
  expect(before.length).toBeLessThan(JSON.stringify(two).length);
  await put('nights/1/report.json', { ...one, schemaVersion: '0.9' });
  await put('nights/2/report.json', before);
  await put('nights/3/report.json', three);
  const { exitCode, stdout, stderr } = await cli(['history', inTest('nights'), '--out', inTest('out')]);
  expect([exitCode, stderr]).toEqual([0, '']);
  const [first, ...others] = linesOf(stdout);
  expect(first).toMatch(
    /^2 nights of http:\/\/target: 2 requirements fail, ".+" \(regeneration\/\S+\) since /,
  );
  const why =
    /^left out .*1.report\.json: .* of schema version "0\.9", and this suite reads 1\.0; use the suite that wrote it/;
  expect(others[0]).toMatch(why);
  const markdown = await readFile(inTest('out/history.md'), 'utf8');
  expect(markdown).toContain('| ✕✕ |');
  expect(markdown).toContain('schema version');
});

test('without a report to read it ends with 3 and one sentence', async () => {
  await put('empty/other.json', {});
  const bad = await put('bad/report.json', {});
  for (const [place, complaint] of [
    [inTest('nowhere'), /nowhere does not exist; give a folder/],
    [inTest('empty'), /There is no report to read in .*empty \(it holds no report\.json\)/],
    [bad, /There is no report to read .*is not a report of this suite/],
  ] as const) {
    const { exitCode, stdout, stderr } = await cli(['history', place, '--out', inTest('out')]);
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(linesOf(stderr)).toEqual([expect.stringMatching(complaint)]);
  }
});

test('a folder that cannot be written is exit 3', async () => {
  const report = await put('report.json', sevenNights[0]);
  const { exitCode, stderr } = await cli(['history', report, '--out', join(report, 'below')]);
  expect(exitCode).toBe(3);
  expect(linesOf(stderr)).toEqual([expect.stringMatching(/choose another directory with --out/)]);
});
