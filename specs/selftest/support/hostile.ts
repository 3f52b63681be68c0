import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import { leaksIn } from './cli.ts';
import { runEngine } from './engine.ts';
import { fakeKey } from './keys.ts';
import { startSockets } from './server.ts';

/** One behaviour of a target and what has to come of it. Adding a row is one entry. */
export interface HostileRow {
  /** What the target does, in words behind "a target that". */
  readonly does: string;
  /** The bytes that answer every request; a function talks to the socket itself. */
  readonly answer:
    | string
    | Buffer
    | ((write: (bytes: string | Buffer) => void, end: (reset?: boolean) => void) => void);
  /** The exit code of the run. */
  readonly exit: 1 | 2;
  /** What the one cause says; undefined: there is none. */
  readonly cause: RegExp | undefined;
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

/** The bounds of every row, generous for a slow machine. */
const mostMs = 20_000;
const mostBytes = 400 * 1024 * 1024;

/** Runs a few scenarios against a target that behaves as a row says, and holds the row to its outcome. */
export async function holdTo({ answer, exit, cause }: HostileRow): Promise<void> {
  const keys = { write: fakeKey(), read: fakeKey() };
  const server = await startSockets((socket) => {
    const end = (reset = false): void => void (reset ? socket.resetAndDestroy() : socket.end());
    if (typeof answer === 'function') answer((bytes) => socket.write(bytes), end);
    else socket.write(answer);
  });
  const [before, memory] = [performance.now(), process.memoryUsage().rss];
  try {
    const environment = {
      MUFI_BASE_URL: server.url,
      MUFI_WRITE_KEY: keys.write,
      MUFI_READ_KEY: keys.read,
      MUFI_TIMEOUT_MS: '300',
    };
    const scenarios = /^presentation\/required\/|^token\/signature-verified\/zeros/;
    const report = await runEngine(environment, { depth: 'quick', atATime: 4, scenarios });
    expect([exitCodeOf(report), report.cause ?? 'none']).toEqual([
      exit,
      cause === undefined ? 'none' : expect.stringMatching(cause),
    ]);
    expect(report.suiteFaults).toEqual([]);
    expect(leaksIn([['report', JSON.stringify(report)]], Object.values(keys))).toEqual([]);
    expect(performance.now() - before).toBeLessThan(mostMs);
    expect(process.memoryUsage().rss - memory).toBeLessThan(mostBytes);
  } finally {
    await server.close();
  }
}
