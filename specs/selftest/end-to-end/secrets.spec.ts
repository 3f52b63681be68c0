import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { writeOptions } from '../../../harness/engine/configuration/options.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { writeReport } from '../../../harness/report/write.ts';
import {
  type ChildResult,
  cli,
  conformance,
  leaksIn,
  type Recorder,
  reportIn,
  run,
  startRecorder,
  textsIn,
  through,
} from '../support/cli.ts';
import { findingsOf, requirementsThat, runEngine } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

const echoing = [
  'key-in-error-body',
  'signature-in-error-body',
  'encoded-key-in-error-body',
  'key-in-header',
  'key-in-cookie-set',
];

interface WatchedServer {
  readonly environment: Record<string, string>;
  readonly recorder: Recorder;
  /** Every key of the server: supplied, or made through key control so far. */
  readonly keys: () => string[];
}

/** Uses a reference server and watches its key control from outside. */
async function withServer(
  faults: readonly string[],
  use: (watched: WatchedServer) => Promise<void>,
): Promise<void> {
  const server: Reference = await startReference({ faults });
  const recorder = await startRecorder(server.url);
  try {
    await use({
      environment: through(recorder, server.url, server.environment),
      recorder,
      keys: () => [...Object.values(server.keys), server.controlToken, ...recorder.keys],
    });
  } finally {
    await recorder.close();
    await server.close();
  }
}

/** Every place, on the terminal and in the directory, with more than 12 characters of a key. */
async function leaks(
  out: string,
  { stdout, stderr }: ChildResult,
  keys: readonly string[],
): Promise<string[]> {
  const terminal = [
    ['stdout', stdout],
    ['stderr', stderr],
  ] as const;
  return leaksIn([...(await textsIn(out)), ...terminal], keys);
}

test('13 characters of a payload or signature are noticed, plain and in base64, and the header is not', async () => {
  const { keys, close } = await startReference();
  await close();
  const key = keys.write;
  const [header = '', payload = '', signature = ''] = key.split('.');
  const noticed = (text: string): number => leaksIn([['file', `before ${text} after`]], [key]).length;
  const middle = (text: string, length: number): string => text.slice(20, 20 + length);
  expect([payload, signature].map((text) => noticed(middle(text, 13)))).toEqual([1, 1]);
  expect([payload, signature].map((text) => noticed(middle(text, 12)))).toEqual([0, 0]);
  expect(noticed(header)).toBe(0);
  expect(noticed(key)).toBe(1);
  expect(noticed(Buffer.from(key).toString('base64').slice(-40))).toBe(1);
});

test('a server that repeats keys in every way does not get them into the report', async () => {
  await withServer(echoing, async ({ environment, keys }) => {
    const out = test.info().outputPath('report');
    const report = await runEngine(environment, { depth: 'quick', atATime: 4 });
    await writeReport(report, out);
    expect(requirementsThat(report, 'fail')).toEqual(['hygiene/key-not-echoed']);
    expect(findingsOf(report)).toMatchObject({ leak: ['hygiene/key-not-echoed'] });
    expect(keys().length, 'keys, most of them made through key control').toBeGreaterThan(40);
    const said = renderTerminal(report, { color: false, reportPath: out, columns: 100 });
    expect(await leaks(out, { exitCode: 1, stdout: said, stderr: '' }, keys())).toEqual([]);
  });
});

/** The test runner without our command line, with another reporter next to ours or instead of it. */
function playwright(reporter: string, out: string, selection: string, environment: Record<string, string>) {
  const runner = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const results = join(out, 'results');
  const args = [
    'test',
    '--project=conformance',
    '--reporter',
    reporter,
    '--output',
    results,
    '-g',
    selection,
  ];
  return run(process.execPath, [runner, ...args], {
    environment: { ...environment, ...writeOptions({ depth: 'quick', out }) },
  });
}

test("Playwright's own reporters beside ours show no key", async () => {
  await withServer(echoing, async ({ environment, keys }) => {
    const out = test.info().outputPath('report');
    await mkdir(out, { recursive: true });
    const selected = 'hygiene/key-not-echoed|regeneration/old-key-rejected';
    const ended = await playwright('./specs/runner/reporter.ts,list', out, selected, environment);
    expect(ended.exitCode).toBe(1);
    expect(ended.stdout).toContain('the answer repeats the presented key or its signature');
    expect(keys().length).toBeGreaterThan(10);
    expect(await leaks(out, ended, keys())).toEqual([]);
  });
});

test("Playwright's own reporters in place of ours are refused before anything is sent", async () => {
  await withServer(echoing, async ({ environment, recorder, keys }) => {
    const out = test.info().outputPath('report');
    await mkdir(out, { recursive: true });
    const ended = await playwright('list', out, 'hygiene/', environment);
    expect(ended.exitCode).toBe(1);
    expect(ended.stdout + ended.stderr).toContain('The conformance reporter must come first');
    expect(recorder.seen).toEqual([]);
    expect(await leaks(out, ended, keys())).toEqual([]);
  });
});

test('a target that goes away in the middle is one cause, and no failed connection shows a key', {
  tag: '@thorough',
}, async () => {
  await withServer([], async ({ environment, recorder, keys }) => {
    const out = test.info().outputPath('report');
    const timer = setInterval(() => recorder.seen.length > 265 && recorder.close(), 20);
    const args = ['--depth', 'quick', '-g', '^token/'];
    const ended = await conformance(out, args, { environment }).finally(() => clearInterval(timer));
    expect(ended.exitCode).toBe(2);
    expect(ended.report.verdict).toBe('inconclusive');
    expect(ended.report.cause).toBe(
      'the run stopped early: the control request fails: the connection is refused (5 scenarios in a row)',
    );
    expect(requirementsThat(ended.report, 'fail', 'warn')).toEqual([]);
    expect(await leaks(out, ended, keys())).toEqual([]);
  });
});

test("Playwright's own reporters beside ours show no key of a connection that fails", {
  tag: '@thorough',
}, async () => {
  await withServer([], async ({ environment, recorder, keys }) => {
    const out = test.info().outputPath('report');
    const timer = setInterval(() => recorder.seen.length > 265 && recorder.close(), 20);
    const ended = await playwright(
      './specs/runner/reporter.ts,list',
      out,
      'presentation/|token/',
      environment,
    ).finally(() => clearInterval(timer));
    expect((await reportIn(out)).cause).toContain('the connection is refused');
    expect(await leaks(out, ended, keys())).toEqual([]);
  });
});

test('a target that does not exist gets no key into the report', { tag: '@thorough' }, async () => {
  await withServer([], async ({ environment, recorder, keys }) => {
    await recorder.close();
    const out = test.info().outputPath('report');
    const ended = await cli(['--out', out, '--depth', 'quick', '-g', '^token/'], { environment });
    expect(ended.exitCode).toBe(2);
    expect((await reportIn(out)).verdict).toBe('inconclusive');
    expect(await leaks(out, ended, keys())).toEqual([]);
  });
});
