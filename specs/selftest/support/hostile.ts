import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { leaksIn } from './cli.ts';
import { runEngine } from './engine.ts';
import { fakeKey } from './keys.ts';
import { startSockets } from './server.ts';

/** What has to come of a run against one behaviour. */
export interface Outcome {
  /** What the target does, in words behind "a target that". */
  readonly does: string;
  /** The exit code of the run. */
  readonly exit: 0 | 1 | 2;
  /** What the one cause says; undefined: there is none. */
  readonly cause: RegExp | undefined;
  /** Time for one request; short for what never answers, because nobody waits for it longer. */
  readonly timeoutMs?: number;
}

/** One behaviour of a target below HTTP and what has to come of it. Adding a row is one entry. */
export interface HostileRow extends Outcome {
  /** The bytes that answer every request; a function talks to the socket itself. */
  readonly answer:
    | string
    | Buffer
    | ((write: (bytes: string | Buffer) => void, end: (reset?: boolean) => void) => void);
}

/** A target that runs, with what the suite finds in its environment beside two made-up keys. */
export interface HostileTarget {
  readonly environment: Readonly<Record<string, string>>;
  /** What is known of keys that were made and still work; asked once the run is over. */
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

/** So many zeros, packed. */
export const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));

/** Time for one request of what never answers. */
export const shortMs = 300;

/** The bounds of every row, generous for a slow machine. */
export const mostMs = 40_000;
const mostBytes = 400 * 1024 * 1024;

const fewScenarios = /^token\/signature-verified\/zeros/;

/** Runs a few scenarios against a target that behaves as a row says, and holds the row to its outcome. */
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

/** The same for any target. Answers the report, for what a row asks beyond its outcome. */
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

/** Does some work in no more than the time and memory of a row; leaves no process behind. */
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

/** The processes whose environment holds a mark, as those do that this one started; Linux tells. */
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
