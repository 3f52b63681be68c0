import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { canRedraw, wantsColor } from '../../../harness/report/terminal.ts';
import { sampleReport } from '../samples/report-sample.ts';
import {
  type ChildResult,
  cli,
  ended,
  into,
  linesOf,
  reportIn,
  repository,
  run,
  startCli,
  startRecorder,
} from '../support/cli.ts';

test.describe.configure({ timeout: 120_000 });

const one = ['--depth', 'quick', '-g', '^token/three-segments/'];

/** Runs the command line with a reader that stops after the first lines, as `head` does. */
async function withoutReader(args: readonly string[]): Promise<ChildResult> {
  const child = startCli(args);
  const end = ended(child);
  child.stdout.once('data', () => child.stdout.destroy());
  return end;
}

test('a list ends with one sentence and exit 3 if its reader goes away', async () => {
  const { exitCode, stderr } = await withoutReader(['list', '--json']);
  expect([exitCode, stderr]).toEqual([
    3,
    'Standard output was closed before everything was written: its reader is gone.\n',
  ]);
});

test('a run ends with one sentence, exit 3 and a report of what was done if its reader goes away', {
  tag: '@thorough',
}, async () => {
  const out = test.info().outputPath('report');
  const { exitCode, stderr } = await withoutReader(into(out, '--depth', 'quick'));
  expect([exitCode, stderr]).toEqual([
    3,
    'Standard output was closed, so the run ends: its reader is gone.\n',
  ]);
  const report = await reportIn(out);
  expect(report.suiteFaults).toEqual(['standard output was closed: its reader is gone']);
  expect([report.verdict, report.interrupted]).toEqual(['inconclusive', true]);
});

test('a folder that the system does not let anybody make is refused at once', async () => {
  test.skip(process.platform !== 'linux', 'there is no /proc');
  const out = '/proc/conformance/report';
  const { exitCode, stdout, stderr } = await cli(into(out));
  expect([exitCode, stdout]).toEqual([3, '']);
  const said = `^No report can be written to ${out}: [a-z ]+; choose another directory with --out\\.$`;
  expect(linesOf(stderr)).toEqual([expect.stringMatching(new RegExp(said))]);
});

test('a folder that no report can be written to is an error before anything is sent', async () => {
  const recorder = await startRecorder();
  try {
    const file = test.info().outputPath('file');
    await writeFile(file, 'kept');
    const out = join(file, 'report');
    const key = (name: string): string => `${btoa('{"alg":"EdDSA"}')}.${btoa(`{"p":"${name}"}`)}.AAAA`;
    const environment = {
      MUFI_BASE_URL: recorder.url,
      MUFI_WRITE_KEY: key('write').replaceAll('=', ''),
      MUFI_READ_KEY: key('read').replaceAll('=', ''),
    };
    const { exitCode, stdout, stderr } = await cli(into(out), { environment });
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(linesOf(stderr)).toEqual([
      `No report can be written to ${out}: not a directory; choose another directory with --out.`,
    ]);
    expect(recorder.connections()).toBe(0);
    expect(await readFile(file, 'utf8')).toBe('kept');
  } finally {
    await recorder.close();
  }
});

test('a disk that is full leaves the last report as it was, and ends with one sentence and exit 3', {
  tag: '@thorough',
}, async () => {
  const out = test.info().outputPath('report');
  await mkdir(out);
  const last = JSON.stringify(sampleReport('conformant'));
  await writeFile(join(out, 'report.json'), last);
  const preload = `import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
const { writeFile } = fs.promises;
fs.promises.writeFile = async (path, ...rest) => {
  if (!String(path).endsWith('report.html.part')) return writeFile(path, ...rest);
  throw Object.assign(new Error('no space'), { code: 'ENOSPC', errno: -28 });
};
syncBuiltinESMExports();`;
  const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
  const { exitCode, stderr } = await cli(into(out, ...one), { environment });
  expect(exitCode).toBe(3);
  expect(linesOf(stderr)[0]).toBe(
    `The report cannot be written to ${out}: no space left on device; choose another directory with --out.`,
  );
  expect(await readdir(out)).toEqual(['report.json']);
  expect(await readFile(join(out, 'report.json'), 'utf8')).toBe(last);
});

test('a scenario that the suite itself fails in is a fault of the suite, exit 3, and the others are reported', async () => {
  const [broken, sound] = ['token/three-segments/one-segment', 'token/three-segments/only-dots'];
  const preload = `const { set } = Map.prototype;
Map.prototype.set = function (key, value) {
  if (value?.scenario === '${broken}') throw new Error('a mistake');
  return set.call(this, key, value);
};`;
  const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
  const out = test.info().outputPath('report');
  const pattern = `^(${broken}|${sound}):`;
  const { exitCode } = await cli(into(out, '--depth', 'quick', '-g', pattern), { environment });
  const { verdict, suiteFaults, counts } = await reportIn(out);
  expect([exitCode, verdict, counts.scenarios]).toEqual([3, 'inconclusive', 1]);
  expect(suiteFaults).toEqual([`${broken}: Error: a mistake`]);
});

test('a preflight that the suite itself fails in is a fault of the suite, exit 3, and nobody waits for its result', async () => {
  const preload = `const { fromEntries } = Object;
Object.fromEntries = (entries) => {
  const made = fromEntries(entries);
  if (made.main?.userId !== undefined) throw new Error('a mistake');
  return made;
};`;
  const environment = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` };
  const out = test.info().outputPath('report');
  const { exitCode, stderr } = await cli(into(out, '--depth', 'quick'), { environment });
  expect(linesOf(stderr)).toEqual(['Error: a mistake']);
  const { verdict, suiteFaults, counts } = await reportIn(out);
  expect([exitCode, verdict, counts.scenarios]).toEqual([3, 'inconclusive', 0]);
  expect(suiteFaults).toEqual(['Error: a mistake', 'no check ran']);
});

const colored = /\u001b\[[\d;]*m/;
const steered = /\u001b\[[\d;?]*[A-LN-Za-ln-z]|\r/;

test('FORCE_COLOR colours what a file gets and steers nothing; a full step summary is said and decides nothing', {
  tag: '@thorough',
}, async () => {
  const environment = { FORCE_COLOR: '1', GITHUB_STEP_SUMMARY: '/dev/full' };
  const { exitCode, stdout, stderr } = await cli(into(test.info().outputPath('report'), ...one), {
    environment,
  });
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(colored);
  expect(stdout).not.toMatch(steered);
  expect(linesOf(stderr)).toEqual([
    'The step summary cannot be written to /dev/full: no space left on device.',
  ]);
});

test('NO_COLOR on a terminal: the bar moves, without a colour', async () => {
  const command = [process.execPath, 'harness/start.mjs'];
  const args = [...command, ...into(test.info().outputPath('report'), ...one.map((arg) => `'${arg}'`))];
  const { exitCode, stdout } = await run('script', ['-qec', args.join(' '), '/dev/null'], {
    cwd: repository,
    environment: { NO_COLOR: '1', TERM: 'xterm' },
  });
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(steered);
  expect(stdout).not.toMatch(colored);
});

test('colours: FORCE_COLOR decides, then NO_COLOR, then the terminal', () => {
  const terminal = { isTTY: true };
  const file = { isTTY: false };
  expect(wantsColor(terminal, {})).toBe(true);
  expect(wantsColor(file, {})).toBe(false);
  expect(wantsColor(terminal, { NO_COLOR: '1' })).toBe(false);
  expect(wantsColor(terminal, { NO_COLOR: '' })).toBe(true);
  expect(wantsColor(terminal, { TERM: 'dumb' })).toBe(false);
  expect(wantsColor(file, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(true);
  expect(wantsColor(terminal, { FORCE_COLOR: '0' })).toBe(false);
});

test('a line is drawn over on a terminal only, and never in the log of a CI system', () => {
  expect(canRedraw({ isTTY: true }, {})).toBe(true);
  expect(canRedraw({ isTTY: false }, { FORCE_COLOR: '1' })).toBe(false);
  expect(canRedraw({ isTTY: true }, { CI: 'true' })).toBe(false);
  expect(canRedraw({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
});
