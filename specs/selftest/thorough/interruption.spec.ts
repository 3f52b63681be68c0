import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { ended, into, reportIn, run, startCli, startRecorder } from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';
import { type HoldingServer, startHolding } from '../support/holding.ts';
import { activeAmong, throughControl } from '../support/interrupting.ts';

test.describe.configure({ timeout: 120_000 });

/** Longer than any test here may take, so a run that ends earlier did not wait for an answer. */
const patience = { MUFI_TIMEOUT_MS: '600000' };
const quick = ['--depth', 'quick', '-g', '^token/'];

let server: Reference;
let holding: HoldingServer;

/** A target that answers this many requests and then hangs. */
async function hangingAfter(answered: number): Promise<Record<string, string>> {
  server = await startReference();
  holding = await startHolding(server.url, answered);
  const { write, read } = server.keys;
  return { MUFI_BASE_URL: holding.url, MUFI_WRITE_KEY: write, MUFI_READ_KEY: read, ...patience };
}

test.afterEach(async () => {
  await holding?.close();
  await server?.close();
});

const untilHeld = () => expect.poll(() => holding.held(), { timeout: 60_000 }).toBeGreaterThan(0);

test('SIGINT ends a run against a target that hangs, with a report of what was done, marked interrupted', async () => {
  const environment = await hangingAfter(250);
  const out = test.info().outputPath('report');
  const child = startCli(into(out, ...quick), { environment });
  const end = ended(child);
  await untilHeld();
  child.kill('SIGINT');
  const { exitCode, stdout, stderr } = await end;
  expect(exitCode, stderr).toBe(2);
  expect(holding.open(), 'connections of processes that survive').toBe(0);

  const report = await reportIn(out);
  expect([report.verdict, report.interrupted]).toEqual(['partial', true]);
  const { scenarios, cells } = report.counts;
  expect(scenarios).toBeGreaterThan(0);
  expect(cells).toBeGreaterThan(0);
  expect(report.reason).toMatch(new RegExp(`^the run was interrupted after ${scenarios} of \\d+ scenarios$`));
  expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([]);
  expect(report.suiteFaults).toEqual([]);

  const written = (name: string): Promise<string> => readFile(join(out, name), 'utf8');
  expect(await written('report.html')).toMatch(/<h1[^>]*>.*Partial, interrupted.*<\/h1>/);
  expect(await written('junit.xml')).toContain('<testcase classname="suite" name="interrupted"');
  expect(await written('summary.md')).toContain('Mufi auth: partial, interrupted\n');
  expect(JSON.parse(await written('badge.json')).message).toBe('partial, interrupted');
  expect(stdout).toContain('Partial, interrupted: the run was interrupted after');
  expect(stderr).toBe('Interrupted: writing the report of what was done; interrupt again to end at once.\n');
});

test('SIGTERM during the preflight at a target that hangs ends with a report as well', async () => {
  const environment = await hangingAfter(0);
  const out = test.info().outputPath('report');
  const child = startCli(into(out), { environment });
  const end = ended(child);
  await untilHeld();
  child.kill('SIGTERM');
  expect((await end).exitCode).toBe(2);
  expect(holding.open()).toBe(0);
  const report = await reportIn(out);
  expect([report.verdict, report.interrupted]).toEqual(['partial', true]);
  expect(report.reason).toBe('the run was interrupted before any scenario ended');
  expect(report.counts).toMatchObject({ scenarios: 0, cells: 0, requests: 0 });
  expect(report.target.baseUrl).toBe(holding.url);
});

/** The process ids of the children of a process. */
async function childrenOf(pid: number | undefined): Promise<number[]> {
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)]);
  return stdout.trim().split(/\s+/).filter(Boolean).map(Number);
}

test('after SIGINT no key that the run made is active, neither from its preflight nor from a scenario', async () => {
  server = await startReference();
  const control = await startRecorder(server.url);
  // The preflight makes seven keys to try its own actions on, a revoked one, and two of another project; later keys
  // belong to the scenario.
  const isOfScenario = (place: number): boolean => place > 9;
  holding = await startHolding(server.url, ({ headers: { authorization = '' } }) => {
    return !isOfScenario(control.keys.indexOf(authorization.replace('Bearer ', '')));
  });
  const environment = {
    ...throughControl(server, control.url),
    MUFI_BASE_URL: holding.url,
    ...patience,
  };
  /** How many keys of the preflight, and of the scenario, get an answer other than 401. */
  const alive = async (): Promise<readonly [number, number]> => {
    const active = await activeAmong(control.keys, server);
    const { length } = active.filter(isOfScenario);
    return [active.length - length, length];
  };
  try {
    const only = ['--depth', 'quick', '-g', 'siblings-untouched/after-regeneration'];
    const child = startCli(into(test.info().outputPath('report'), ...only), { environment });
    const end = ended(child);
    await untilHeld();
    await expect.poll(alive, { message: 'keys to revoke' }).toEqual([2, 2]);
    child.kill('SIGINT');
    const { exitCode, stderr } = await end;
    expect(exitCode, stderr).toBe(2);
    expect(await alive(), 'keys that are left').toEqual([0, 0]);
  } finally {
    await control.close();
  }
});

test('after SIGINT no key is active on which the preflight was trying its own actions', async () => {
  server = await startReference();
  const control = await startRecorder(server.url);
  holding = await startHolding(server.url, ({ headers: { authorization = '' } }) => {
    return control.keys.indexOf(authorization.replace('Bearer ', '')) < 2;
  });
  const environment = {
    ...throughControl(server, control.url),
    MUFI_BASE_URL: holding.url,
    ...patience,
  };
  const alive = async (): Promise<number> => (await activeAmong(control.keys, server)).length;
  try {
    const child = startCli(into(test.info().outputPath('report'), ...quick), { environment });
    const end = ended(child);
    await untilHeld();
    expect(await alive(), 'keys to revoke').toBeGreaterThan(2);
    child.kill('SIGINT');
    const { exitCode, stderr } = await end;
    expect(exitCode, stderr).toBe(2);
    expect(await alive(), 'keys that are left').toBe(0);
  } finally {
    await control.close();
  }
});

test('a second SIGINT ends at once what the first one does not reach', async () => {
  const environment = await hangingAfter(250);
  const child = startCli(into(test.info().outputPath('report'), ...quick), { environment });
  const end = ended(child);
  await untilHeld();
  for (const runner of await childrenOf(child.pid)) process.kill(runner, 'SIGSTOP');
  child.kill('SIGINT');
  await sleep(700);
  expect(child.exitCode, 'a runner that is stopped cannot write a report').toBe(null);
  child.kill('SIGINT');
  const { exitCode, stderr } = await end;
  expect(exitCode).toBe(2);
  expect(stderr).toContain('The run ended before it wrote a report.');
  await expect.poll(() => holding.open(), { timeout: 20_000 }).toBe(0);
});

test('no process of the run outlives a command line that is killed', async () => {
  const environment = await hangingAfter(250);
  const child = startCli(into(test.info().outputPath('report'), ...quick), { environment });
  const end = ended(child);
  await untilHeld();
  child.kill('SIGKILL');
  await end;
  await expect.poll(() => holding.open(), { timeout: 20_000 }).toBe(0);
});

test('the embedded reference server ends with an interrupted run', async () => {
  const out = test.info().outputPath('report');
  const child = startCli(into(out, '--depth', 'quick'));
  const end = ended(child);
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: string) => chunk.includes('% ') && resolve());
  });
  child.kill('SIGINT');
  expect((await end).exitCode).toBe(2);
  const { interrupted, target, counts } = await reportIn(out);
  expect(interrupted).toBe(true);
  expect(counts.scenarios).toBeGreaterThan(0);
  await expect(fetch(target.baseUrl)).rejects.toThrow();
});

test('a key control command that hangs ends with the run', async () => {
  const environment = await hangingAfter(1_000_000);
  const pidFile = test.info().outputPath('pid.txt');
  const script = test.info().outputPath('control.mjs');
  const code = `import{writeFileSync}from'node:fs';writeFileSync(${JSON.stringify(pidFile)},String(process.pid));setInterval(()=>{},1e3)`;
  await writeFile(script, code);
  const child = startCli(into(test.info().outputPath('report'), ...quick), {
    environment: { ...environment, MUFI_CONTROL_COMMAND: `"${process.execPath}" "${script}"` },
  });
  const end = ended(child);
  const pid = async (): Promise<number> => Number(await readFile(pidFile, 'utf8').catch(() => 0));
  await expect.poll(pid, { timeout: 60_000 }).toBeGreaterThan(0);
  const command = await pid();
  child.kill('SIGINT');
  expect((await end).exitCode).toBe(2);
  const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(command)]);
  expect(stdout.trim().replace(/^Z.*/, '')).toBe('');
});
