import { createWriteStream } from 'node:fs';
import { readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { Depth } from '../../model/index.ts';
import { writeCollection } from './collection.ts';
import { startDelay } from './delay.ts';
import { writeScaledDocument } from './document.ts';
import { type Measurement, measure } from './measure.ts';
import { type RecordedRequest, startRecorder } from './recorder.ts';
import { startTarget } from './target-process.ts';

/** What one runner used, and for how many requests. */
export interface Result extends Measurement {
  readonly requests: number;
}

/** A run of the suite, with its counts and its output. */
export interface SuiteResult extends Result {
  readonly times: number;
  readonly scenarios: number;
  readonly cells: number;
  readonly htmlBytes: number;
  readonly jsonBytes: number;
}

/** The requests of a run, and the target that answered them and knows their keys. */
export interface RecordedRun {
  readonly times: number;
  /** The options for this number of operations. */
  readonly options: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly requests: readonly RecordedRequest[];
  /** Messages that no HTTP library can send. */
  readonly leftOut: number;
  stop(): Promise<void>;
}

/** The number of parallel requests of the suite without MUFI_CONCURRENCY. */
export const connections = 16;

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const typescript = ['--import', import.meta.resolve('tsx')];
const runner = createRequire(import.meta.url).resolve('@playwright/test/cli');

/** Runs the suite once with this many times the operations, through a recorder. */
export async function recordRequests(times: number, folder: string): Promise<RecordedRun> {
  const target = await startTarget();
  const requests: RecordedRequest[] = [];
  const { MUFI_BASE_URL: base = '' } = target.environment;
  const recorder = await startRecorder(base, requests);
  const through = Object.entries(target.environment).map(([name, value]) => [
    name,
    value.replace(base, recorder.url),
  ]);
  const options = await scaledTo(times, folder);
  await runMatrix(Object.fromEntries(through), ['--out', join(folder, 'recorded'), ...options]);
  recorder.close();
  const lines = Readable.from(requests.map((one) => `${JSON.stringify(one)}\n`));
  await pipeline(lines, createWriteStream(requestsIn(folder)));
  const { environment } = target;
  const leftOut = recorder.unparsable();
  return { times, options, folder, environment, requests, leftOut, stop: () => target.stop() };
}

const requestsIn = (folder: string): string => join(folder, 'requests.jsonl');

/** The options for this many times the operations; none at 1x, like a normal run. */
async function scaledTo(times: number, folder: string): Promise<string[]> {
  if (times === 1) return [];
  const file = join(folder, `openapi-${times}.json`);
  await writeScaledDocument(times, file);
  return ['--openapi', file];
}

/** Runs the whole matrix through the command line, as a user does; throws if the run is not conformant. */
export async function runSuite({
  times,
  options,
  folder,
  environment,
}: Omit<RecordedRun, 'requests' | 'leftOut' | 'stop'>): Promise<SuiteResult> {
  const out = join(folder, `suite-${times}`);
  const measured = await runMatrix(environment, ['--out', out, ...options]);
  if (measured.exitCode !== 0) throw new Error(`the suite is not conformant:\n${measured.output}`);
  const json = join(out, 'report.json');
  const { counts } = JSON.parse(await readFile(json, 'utf8')) as {
    counts: { scenarios: number; cells: number; requests: number };
  };
  const { scenarios, cells, requests } = counts;
  const [jsonBytes, htmlBytes] = [(await stat(json)).size, (await stat(join(out, 'report.html'))).size];
  return { ...measured, times, scenarios, cells, requests, jsonBytes, htmlBytes };
}

/** The suite against a target behind a slow network. */
export interface DelayedRun extends SuiteResult {
  readonly roundTripMs: number;
  readonly depth: Depth;
  /** From the command to the first connection. */
  readonly startSeconds: number;
}

/** Runs the matrix over a network with a round trip of this many milliseconds; 0 is loopback. */
export async function runDelayed(folder: string, roundTripMs: number, depth: Depth): Promise<DelayedRun> {
  const target = await startTarget();
  const { MUFI_BASE_URL: base = '' } = target.environment;
  const delay = await startDelay(base, roundTripMs / 2);
  const through = Object.entries(target.environment).map(([name, value]) => [
    name,
    value.replace(base, delay.url),
  ]);
  try {
    const environment = Object.fromEntries(through) as Record<string, string>;
    const run = { times: 1, options: ['--depth', depth], folder, environment };
    const beganMs = performance.now();
    const suite = await runSuite(run);
    const startSeconds = ((delay.firstMs ?? beganMs) - beganMs) / 1000;
    return { ...suite, roundTripMs, depth, startSeconds };
  } finally {
    delay.close();
    await target.stop();
  }
}

/** Runs the first of the recorded requests with newman, over a network. */
export async function runDelayedNewman(
  { folder, requests, environment }: RecordedRun,
  roundTripMs: number,
  most: number,
  tools: string,
): Promise<Result> {
  const { MUFI_BASE_URL: base = '' } = environment;
  const delay = await startDelay(base, roundTripMs / 2);
  const first = requests.slice(0, most).map((one) => ({ ...one, url: one.url.replace(base, delay.url) }));
  try {
    return await runNewman({ folder, requests: first }, true, tools);
  } finally {
    delay.close();
  }
}

/** Sends the recorded requests through undici, without any check. */
export async function runUndici({ folder, requests }: RecordedRun, tools: string): Promise<Result> {
  const args = [...typescript, pathOf('undici.ts'), requestsIn(folder), tools, String(connections)];
  const measured = await measure({ program: process.execPath, args });
  if (measured.exitCode !== 0) throw new Error(`undici ended with ${measured.exitCode}:\n${measured.output}`);
  return { ...measured, requests: requests.length };
}

/** Runs the recorded requests with newman; `checked`: with a test of each status. */
export async function runNewman(
  { folder, requests }: Pick<RecordedRun, 'folder' | 'requests'>,
  checked: boolean,
  tools: string,
): Promise<Result> {
  const collection = join(folder, 'collection.json');
  await writeCollection(requests, checked, collection);
  const newman = join(tools, 'node_modules', 'newman', 'bin', 'newman.js');
  const args = [newman, 'run', collection, '--silent', '--ignore-redirects'];
  const measured = await measure({ program: process.execPath, args, cwd: tools });
  // Exit code 1 means that a test failed: the answer to a request can depend on earlier ones.
  if (measured.exitCode !== 0 && !(checked && measured.exitCode === 1))
    throw new Error(`newman ended with ${measured.exitCode}:\n${measured.output}`);
  return { ...measured, requests: requests.length };
}

/** Runs empty tests with Playwright, to measure the test runner alone. */
export async function runPlaywright(tests: number, folder: string): Promise<Measurement> {
  await symlink(pathOf('../../../node_modules'), join(folder, 'node_modules'));
  await writeFile(
    join(folder, 'empty.spec.mjs'),
    `import { test } from '@playwright/test';
for (let number = 1; number <= ${tests}; number += 1) test(String(number), async () => {});`,
  );
  await writeFile(
    join(folder, 'playwright.config.mjs'),
    "export default { testDir: '.', fullyParallel: true, workers: 2, reporter: 'dot' };",
  );
  const measured = await measure({ program: process.execPath, args: [runner, 'test', '-c', folder] });
  if (measured.exitCode !== 0) throw new Error(`Playwright ended with an error:\n${measured.output}`);
  return measured;
}

function runMatrix(
  target: Readonly<Record<string, string>>,
  options: readonly string[],
): Promise<Measurement> {
  const own = Object.entries(process.env).filter(([name]) => !/^(MUFI_|CONFORMANCE_|GITHUB_)/.test(name));
  const args = [pathOf('../../start.mjs'), 'run', ...options];
  return measure({ program: process.execPath, args, env: { ...Object.fromEntries(own), ...target } });
}
