import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { leaksIn } from './cli.ts';
import { runEngine } from './engine.ts';
import { fakeKey } from './keys.ts';
import { startSockets } from './server.ts';

/** The required result of a run against one behaviour. */
export interface Outcome {
  /** What the target does, as words that follow "a target that". */
  readonly does: string;
  /** The exit code of the run. */
  readonly exit: 0 | 1 | 2;
  /** What the single cause says; undefined if there is none. */
  readonly cause: RegExp | undefined;
  /** Time limit for one request; short for targets that never answer, so that the test does not wait. */
  readonly timeoutMs?: number;
}

/** A behaviour of a target below HTTP, and the required result. To add a row, add one entry. */
export interface HostileRow extends Outcome {
  /** The bytes that answer every request, or a function that uses the socket itself. */
  readonly answer:
    | string
    | Buffer
    | ((write: (bytes: string | Buffer) => void, end: (reset?: boolean) => void) => void);
}

/** A running target, with its variables in addition to two made-up keys. */
export interface HostileTarget {
  readonly environment: Readonly<Record<string, string>>;
  /** Keys that were made and still work, as far as known; asked after the run. */
  readonly active?: () => Promise<readonly string[]>;
  close(): Promise<void>;
}

/** An answer with its length. */
export function http(status: string, body: string | Buffer = '{}', ...headers: string[]): Buffer {
  const bytes = Buffer.from(body);
  const head = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    ...headers,
    `Content-Length: ${bytes.length}`,
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** Compressed zeros. */
export const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));

/** Time limit for a request that never gets an answer. */
export const shortMs = 300;

/** The limits of every row, generous for a slow machine. */
export const mostMs = 40_000;
const mostBytes = 400 * 1024 * 1024;

const fewScenarios = /^token\/signature-verified\/zeros/;

/** Runs a few scenarios against a target that behaves like a row, and checks the result of the row. */
export async function holdTo({ answer, ...outcome }: HostileRow): Promise<void> {
  await holdTarget(outcome, async () => {
    const server = await startSockets((socket) => {
      const end = (reset = false): void => void (reset ? socket.resetAndDestroy() : socket.end());
      if (typeof answer === 'function') answer((bytes) => socket.write(bytes), end);
      else socket.write(answer);
    });
    return { environment: { MUFI_BASE_URL: server.url }, close: server.close };
  });
}

/** The same for any target. Returns the report, for further checks of a row. */
export async function holdTarget(
  { exit, cause, timeoutMs = 5000 }: Outcome,
  start: () => Promise<HostileTarget>,
  scenarios = fewScenarios,
): Promise<Report> {
  const target = await start();
  try {
    const environment = {
      MUFI_WRITE_KEY: fakeKey(),
      MUFI_READ_KEY: fakeKey(),
      MUFI_TIMEOUT_MS: String(timeoutMs),
      ...target.environment,
    };
    const report = await withinBounds(() =>
      runEngine(environment, { depth: 'quick', atATime: 4, scenarios }),
    );
    const told = report.cause ?? 'none';
    expect([exitCodeOf(report), told], report.reason).toEqual([
      exit,
      cause === undefined ? 'none' : expect.stringMatching(cause),
    ]);
    expect(report.suiteFaults).toEqual([]);
    const secrets = Object.entries(environment).filter(([name]) => /_(KEY|TOKEN)$/.test(name));
    const texts = [['report', JSON.stringify(report)]] as const;
    expect(
      leaksIn(
        texts,
        secrets.map(([, secret]) => secret),
      ),
    ).toEqual([]);
    expect(report.cause ?? '').not.toMatch(/[\p{Cc}]/u);
    expect((await target.active?.().then((ids) => [...ids])) ?? [], 'keys that still work').toEqual([]);
    return report;
  } finally {
    await target.close();
  }
}

/** Does some work within the time and memory of a row, and checks that no process remains. */
export async function withinBounds<T>(work: () => Promise<T>): Promise<T> {
  const mark = `row-${fakeKey().slice(-20)}`;
  process.env.HOSTILE_ROW = mark;
  const [started, before] = [performance.now(), process.memoryUsage().rss];
  let most = before;
  const sampler = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  try {
    const result = await work();
    expect(performance.now() - started, 'milliseconds').toBeLessThan(mostMs);
    expect(Math.max(most, process.memoryUsage().rss) - before, 'bytes').toBeLessThan(mostBytes);
    await expect
      .poll(() => processesWith(mark), { message: 'processes that are left', timeout: mostMs })
      .toEqual([]);
    return result;
  } finally {
    clearInterval(sampler);
    delete process.env.HOSTILE_ROW;
  }
}

/** The processes with a mark in their environment, as the children of this one have; only on Linux. */
function processesWith(mark: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name) || name === String(process.pid)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'latin1').includes(`HOSTILE_ROW=${mark}`);
    } catch {
      return false;
    }
  });
}
