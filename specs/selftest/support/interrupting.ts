import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, request, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { type Child, ended, into, reportIn, run, startCli } from './cli.ts';
import { listening } from './server.ts';

/** One way to end a run. */
export interface Way {
  readonly name: string;
  /** Ends it at the given moment. */
  readonly end?: (child: Child) => void;
  /** Variables that make the run end itself after this many milliseconds. */
  readonly environment?: (milliseconds: number) => Readonly<Record<string, string>>;
  /** null: killed. */
  readonly exitCode: number | null;
}

const toGroup =
  (signal: NodeJS.Signals) =>
  ({ pid }: Child): void => {
    process.kill(-(pid ?? 0), signal);
  };

export const ways: readonly Way[] = [
  ...(['SIGINT', 'SIGTERM', 'SIGHUP'] as const).flatMap((signal): Way[] => [
    { name: `${signal} to the command line`, end: (child) => child.kill(signal), exitCode: 2 },
    { name: `${signal} to the process group`, end: toGroup(signal), exitCode: 2 },
  ]),
  { name: 'a closed output', end: ({ stdout }) => stdout.destroy(), exitCode: 3 },
  { name: 'the end of its parent', end: (child) => child.kill('SIGKILL'), exitCode: null },
  {
    name: 'its time limit',
    environment: (milliseconds) => ({ MUFI_TIME_LIMIT: (milliseconds / 60_000 + 0.002).toFixed(3) }),
    exitCode: 2,
  },
];

/** Numbers between 0 and 1 that a seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A target with slow key control: it takes a while to return what it made. */
interface SlowControl {
  readonly url: string;
  readonly keys: readonly string[];
  readonly requests: () => number;
  close(): Promise<void>;
}

const creationMs = 400;

async function startSlowControl(target: string): Promise<SlowControl> {
  const keys: string[] = [];
  let requests = 0;
  const answer = async (outgoing: ServerResponse, status: number, headers: string[], body: Buffer) => {
    const made = /"key":"([^"]+)"/.exec(body.toString('utf8'))?.[1];
    if (made !== undefined) {
      keys.push(made);
      await sleep(creationMs);
    }
    outgoing.writeHead(status, headers).end(body);
  };
  const server = createServer({ maxHeaderSize: 1_048_576 }, (incoming, outgoing) => {
    requests += 1;
    const { method, url = '', rawHeaders } = incoming;
    const onward = request(
      target,
      { path: url, method, headers: rawHeaders as unknown as [] },
      async (got) => {
        const body = Buffer.concat(await got.toArray());
        await answer(outgoing, got.statusCode ?? 0, got.rawHeaders, body);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  return { ...(await listening(server)), keys, requests: () => requests };
}

/** The variables of a run on a reference server, of whose keys two are supplied, with key control at an address. */
export function throughControl({ keys, controlToken }: Reference, url: string) {
  return {
    MUFI_BASE_URL: url,
    MUFI_WRITE_KEY: keys.write,
    MUFI_READ_KEY: keys.read,
    MUFI_CONTROL_URL: `${url}/control`,
    MUFI_CONTROL_TOKEN: controlToken,
  };
}

const selection = ['--depth', 'quick', '-g', '^(regeneration|expiry|token/three)'];
const boundMs = 60_000;

/** Runs the suite in a folder with an older report, ends it at a moment, and returns what was left behind. */
export async function interruptAt(way: Way, milliseconds: number, folder: string): Promise<void> {
  const server = await startReference();
  const control = await startSlowControl(server.url);
  const older = await leaveReport(folder);
  try {
    const child = startCli(into(folder, ...selection), {
      detached: true,
      environment: {
        ...throughControl(server, control.url),
        ...way.environment?.(milliseconds),
      },
    });
    const end = ended(child);
    if (way.end !== undefined) {
      const hasBegun = (): boolean => control.requests() > 0 || child.exitCode !== null;
      await expect.poll(hasBegun, { timeout: boundMs, message: 'a first request' }).toBe(true);
      await sleep(milliseconds);
      if (child.exitCode === null) way.end(child);
    }
    const { exitCode, stderr } = await end;
    await expect
      .poll(() => leftOf(child), { timeout: boundMs, message: 'processes that are left' })
      .toEqual([]);
    expect(await activeAmong(control.keys, server), 'keys that are left').toEqual([]);
    const text = await readFile(join(folder, 'report.json'), 'utf8');
    if (text === older) {
      expect(stderr).toContain('is from an earlier run');
    } else {
      const report = await reportIn(folder);
      expect(report.verdict, stderr).not.toBe('conformant');
      expect(report.interrupted === true || report.suiteFaults.length > 0 || exitCode === 2).toBe(true);
    }
    expect([way.exitCode, 2], stderr).toContain(exitCode);
  } finally {
    await control.close();
    await server.close();
  }
}

async function leaveReport(folder: string): Promise<string> {
  const older = JSON.stringify(sampleReport('conformant'));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'report.json'), older);
  return older;
}

/** The processes of a group, without zombies. */
async function leftOf({ pid }: Child): Promise<string[]> {
  const { stdout } = await run('ps', ['-eo', 'pgid=,stat=,pid=,args=']);
  const lines = stdout.split('\n').map((line) => line.trim());
  return lines.filter((line) => line.startsWith(`${pid} `) && !/^\d+ +Z/.test(line));
}

/** The places of the keys that still work. */
export async function activeAmong(keys: readonly string[], server: Reference): Promise<number[]> {
  const asked = keys.map(async (key, index) => {
    const headers = { authorization: `Bearer ${key}` };
    const { status } = await fetch(`${server.url}/v1/version`, { headers });
    return status === 401 ? [] : [index];
  });
  return (await Promise.all(asked)).flat();
}
