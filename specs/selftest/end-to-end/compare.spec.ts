import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { writeReport } from '../../../harness/report/write.ts';
import { cli, linesOf } from '../support/cli.ts';
import { runEngine } from '../support/engine.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

const few = {
  depth: 'quick',
  atATime: 4,
  scenarios: /^(token\/signature-|contract\/challenge-present)/,
} as const;
let folder: string;
let good: string;
let bad: string;
let unreachable: string;
let elsewhere: string;

/** Runs a few requirements against a server and returns the path of the report. */
async function reportOf(name: string, server: Reference, close = true): Promise<string> {
  const out = join(folder, name);
  await writeReport(await runEngine(server.environment, few), out);
  if (close) await server.close();
  return join(out, 'report.json');
}

test.beforeAll(async () => {
  folder = test.info().outputPath('reports');
  await mkdir(folder, { recursive: true });
  const first = await startReference();
  const port = Number(new URL(first.url).port);
  good = await reportOf('good', first);
  const faults = ['signature-ignored', 'no-challenge'];
  const server = await startReference({ port, faults });
  bad = await reportOf('bad', server);
  unreachable = await reportOf('unreachable', server, false);
  elsewhere = await reportOf('elsewhere', await startReference({ faults: ['signature-ignored'] }));
});

test('what fails now and did not is a regression: exit 1, named with scenarios and answers', async () => {
  const { exitCode, stdout, stderr } = await cli(['compare', good, bad]);
  expect([exitCode, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/Newly failing \(\d+\)\n✕ MUST {3}token\/signature-verified/);
  expect(stdout).toMatch(/stripped: the signature is stripped and its dot is kept\n +401 → 200, 201 on POST/);
  expect(stdout).toContain('New warnings (1)\n! SHOULD contract/challenge-present');
  expect(linesOf(stdout).at(-1)).toMatch(
    /^✕ Regression: token\/signature-verified and \d more fail now and not/,
  );
});

test('a folder means the report.json in it', async () => {
  const { exitCode, stdout, stderr } = await cli(['compare', dirname(good), dirname(bad)]);
  expect([exitCode, stderr]).toEqual([1, '']);
  expect(stdout).toBe((await cli(['compare', good, bad])).stdout);
  expect((await cli(['compare', '--help'])).stdout).toMatch(/later run.*or\s+its\s+folder/s);
});

test('the same in the other direction is none: exit 0', async () => {
  const { exitCode, stdout } = await cli(['compare', bad, good]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/Newly passing \(\d+\)\n✓ MUST/);
  expect(stdout).toContain('note    the second report is older than the first');
  expect(linesOf(stdout).at(-1)).toBe('✓ No regression: nothing fails that did not fail before');
});

test('a failure that stays is named and is no regression', async () => {
  const { exitCode, stdout } = await cli(['compare', bad, bad]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/Still failing \(\d+\)\n✕ MUST/);
});

test('a night without the target is undecided for one cause: exit 2', async () => {
  const { exitCode, stdout } = await cli(['compare', good, unreachable]);
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/\n\? Undecided: .*nothing listens on its port\n$/s);
  expect(stdout).not.toContain('Newly failing');
});

test('two targets are shown side by side, as Markdown', async () => {
  const { exitCode, stdout } = await cli(['compare', elsewhere, bad, '--format', 'markdown']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^## ✓ Mufi auth: the second is not worse$/m);
  expect(stdout).toMatch(/^### Fails on both \(\d\)$/m);
  expect(stdout).toMatch(/^### Warnings only on http:.*\(1\)\n\n- SHOULD `contract\/challenge-present`/m);
});

test('--strict turns a new warning about a SHOULD into a regression', async () => {
  const { exitCode, stdout } = await cli(['compare', elsewhere, bad, '--strict']);
  expect(exitCode).toBe(1);
  expect(linesOf(stdout).at(-1)).toBe(
    '✕ The second is worse: contract/challenge-present fails on the second target and not on the first',
  );
});

test('--format json --out writes the whole comparison and prints one line', async () => {
  const file = join(folder, 'comparison.json');
  const { exitCode, stdout } = await cli(['compare', good, bad, '--format', 'json', '--out', file]);
  expect(exitCode).toBe(1);
  expect(linesOf(stdout)).toEqual([expect.stringMatching(/^regression: .*comparison\.json$/)]);
  const comparison = JSON.parse(await readFile(file, 'utf8'));
  expect(comparison).toMatchObject({
    schemaVersion: '1.0',
    outcome: 'regression',
    sideBySide: false,
    counts: { 'newly-warning': 1, 'still-failing': 0, 'newly-passing': 0 },
  });
  const [scenario] = comparison.requirements.find(
    ({ id }: { id: string }) => id === 'token/signature-present',
  ).scenarios;
  expect(scenario.cells).toContainEqual({
    operation: 'POST /v1/users/create',
    old: { verdict: 'pass', answers: ['401'], messages: [] },
    new: { verdict: 'fail', answers: ['201'], messages: [expect.stringContaining('accepted')] },
    worse: 'fails',
  });
});

test.describe('what is no report ends with exit 3 and one sentence', () => {
  const changed = (change: (report: Record<string, unknown>) => unknown) => async (): Promise<string> =>
    JSON.stringify(change(JSON.parse(await readFile(good, 'utf8'))));
  for (const [name, make, complaint] of [
    ['text', async () => 'hello', 'is not JSON; give the report.json of a run.'],
    ['foreign', async () => '{"tests": 3}', 'is not a report of this suite; give the report.json of a run.'],
    [
      'future',
      changed((report) => ({ ...report, schemaVersion: '2.0' })),
      'is a report of schema version "2.0", and this suite reads 1.0; use the suite that wrote it.',
    ],
    [
      'cut',
      changed(({ requirements: _, ...report }) => report),
      'does not match the schema of a report, at requirements: ',
    ],
    [
      'broken',
      changed((report) => ({ ...report, suiteFaults: ['a fault'] })),
      'is broken, so it says nothing about its target: a fault',
    ],
  ] as const) {
    test(name, async () => {
      const file = join(folder, `${name}.json`);
      await writeFile(file, await make());
      const { exitCode, stdout, stderr } = await cli(['compare', file, good]);
      expect([exitCode, stdout]).toEqual([3, '']);
      expect(linesOf(stderr)).toEqual([expect.stringContaining(complaint)]);
      expect(stderr).toContain(`${name}.json`);
    });
  }

  test('missing', async () => {
    const { exitCode, stderr } = await cli(['compare', good, join(folder, 'nowhere.json')]);
    expect(exitCode).toBe(3);
    expect(linesOf(stderr)).toEqual([expect.stringMatching(/nowhere\.json cannot be read \(ENOENT\); give/)]);
  });

  test('folder without a report', async () => {
    const { exitCode, stderr } = await cli(['compare', good, folder]);
    expect(exitCode).toBe(3);
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(
        /report\.json cannot be read \(ENOENT\); give the report\.json of a run, or its folder\.$/,
      ),
    ]);
  });

  test('unwritable', async () => {
    const { exitCode, stderr } = await cli(['compare', good, bad, '--out', folder]);
    expect(exitCode).toBe(3);
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(/cannot be written \(EISDIR\); choose another --out/),
    ]);
  });
});
