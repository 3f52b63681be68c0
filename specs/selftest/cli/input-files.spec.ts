import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { compareCommand } from '../../../harness/cli/compare.ts';
import { exitCodeIn } from '../../../harness/cli/exit-code.ts';
import { mergeCommand } from '../../../harness/cli/merge.ts';
import { verifyCommand } from '../../../harness/cli/verify.ts';
import { readBaseline } from '../../../harness/engine/configuration/baseline.ts';
import { ConfigurationError } from '../../../harness/engine/configuration/configuration-error.ts';
import { loadDocument } from '../../../harness/engine/configuration/operations.ts';
import { NotReadable, readInputFile } from '../../../harness/model/index.ts';
import { checkTemporary } from '../../../harness/report/output-directory.ts';
import { partFile } from '../../../harness/report/shard.ts';
import { writeReport } from '../../../harness/report/write.ts';
import { cli, into, linesOf, run } from '../support/cli.ts';
import { family, report, requirement, result } from '../support/reports.ts';

const made = (make: (path: string) => unknown) => (path: string) => {
  make(path);
  return path;
};

/** Things that are not readable files, and the message for each. */
const kinds: readonly (readonly [what: string, make: (path: string) => string, why: string])[] = [
  ['a pipe', made((path) => execFileSync('mkfifo', [path])), 'it is a pipe or a device, not a file'],
  ['a device that never ends', () => '/dev/zero', 'it is a pipe or a device, not a file'],
  ['a folder', made((path) => mkdirSync(path)), 'EISDIR'],
  [
    'a file of 3 GiB',
    made((path) => {
      writeFileSync(path, '');
      truncateSync(path, 3 * 2 ** 30);
    }),
    'it is longer than',
  ],
];

const inputs: readonly (readonly [what: string, read: (path: string) => unknown])[] = [
  ['the OpenAPI document', (path) => loadDocument(path)],
  ['the baseline', (path) => readBaseline(path, { requirements: new Map(), operations: [] })],
  ['a report', (path) => compareCommand(path, path, { format: 'text' })],
  ['the keys of a certificate', (path) => verifyCommand('/nowhere', path)],
];

/** The one sentence that rejects a call. */
async function sentenceOf(call: () => unknown): Promise<string> {
  const error = await Promise.resolve()
    .then(call)
    .then(
      () => undefined,
      (reason: unknown) => reason,
    );
  expect(error).toBeInstanceOf(ConfigurationError);
  return (error as Error).message;
}

test.describe('what cannot be read', () => {
  test.skip(process.platform === 'win32', 'Windows has no named pipes in folders');

  for (const [kind, make, why] of kinds) {
    for (const [what, read] of inputs) {
      if (kind === 'a folder' && what === 'a report') continue;
      test(`${kind} in place of ${what} is one sentence at once`, async () => {
        mkdirSync(test.info().outputDir, { recursive: true });
        const path = make(test.info().outputPath('input'));
        const sentence = await sentenceOf(() => read(path));
        expect(sentence).toContain(path);
        expect(sentence).toContain(why);
        expect(linesOf(sentence)).toHaveLength(1);
        expect(process.memoryUsage().rss).toBeLessThan(1.5 * 2 ** 30);
      });
    }

    test(`${kind} as the part of a shard, or as the report of a run, is never waited for`, async () => {
      const folder = test.info().outputPath('shard');
      mkdirSync(folder, { recursive: true });
      if (kind === 'a device that never ends') return;
      make(join(folder, partFile));
      expect(await sentenceOf(() => mergeCommand([folder], folder))).toContain(why);
      make(join(folder, 'report.json'));
      expect(await exitCodeIn(folder, 'run-1')).toBeUndefined();
    });
  }

  test('a pipe with the name of a file of the report is replaced', async () => {
    const folder = test.info().outputPath('report');
    mkdirSync(folder, { recursive: true });
    for (const name of ['report.json', 'report.json.part']) execFileSync('mkfifo', [join(folder, name)]);
    await writeReport(report(family(requirement('f/a')), [result('f/a/one', 'pass')]), folder);
    expect(readInputFile(join(folder, 'report.json'), 2 ** 20).length).toBeGreaterThan(100);
  });

  test('a file is read to its end and no further than allowed, one of the system as well', () => {
    const path = test.info().outputPath('input');
    mkdirSync(test.info().outputDir, { recursive: true });
    writeFileSync(path, 'x'.repeat(100_000));
    expect(readInputFile(path, 100_000)).toHaveLength(100_000);
    expect(() => readInputFile(path, 99_999)).toThrow(NotReadable);
    if (process.platform === 'linux')
      expect(readInputFile('/proc/self/status', 2 ** 16).length).toBeGreaterThan(100);
    expect(() => readInputFile(`${path}-none`, 10)).toThrow('ENOENT');
  });
});

test('a folder for temporary files that cannot be used is one sentence, before anything else is loaded', async () => {
  test.setTimeout(180_000);
  const file = test.info().outputPath('file');
  mkdirSync(test.info().outputDir, { recursive: true });
  writeFileSync(file, '');
  const places = [test.info().outputPath('nowhere'), file, join(file, 'below')];
  if (process.platform === 'linux') places.push('/proc');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  for (const TMPDIR of places) {
    const environment = { TMPDIR, TMP: TMPDIR, TEMP: TMPDIR };
    const args = ['run', '-s', 'conformance', '--', '--out', test.info().outputPath('report')];
    const { exitCode, stdout, stderr } = await run(npm, args, { environment });
    expect([exitCode, stdout], stderr).toEqual([3, '']);
    const sentence =
      /^Temporary files cannot be written to .*: \w+; set TMPDIR to a folder that can be written\.$/;
    expect(linesOf(stderr)).toEqual([expect.stringMatching(sentence)]);
  }
});

test('the package finds out as well, without a loader', async () => {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = '/dev/null';
  try {
    await expect(checkTemporary()).rejects.toThrow(
      /^Temporary files cannot be written to \/dev\/null: .*; set TMPDIR to a folder that can be written\.$/,
    );
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
});

test('an output folder that cannot be written is one sentence, whatever the reason is', async () => {
  test.setTimeout(180_000);
  const file = test.info().outputPath('file');
  mkdirSync(test.info().outputDir, { recursive: true });
  writeFileSync(file, '');
  const taken = test.info().outputPath('taken');
  mkdirSync(join(taken, partFile), { recursive: true });
  for (const out of [file, join(file, 'below'), taken]) {
    const { exitCode, stdout, stderr } = await cli(into(out));
    expect([exitCode, stdout], stderr).toEqual([3, '']);
    expect(linesOf(stderr)).toEqual([
      expect.stringMatching(/^No report can be written to .*choose another directory with --out\.$/),
    ]);
  }
});
