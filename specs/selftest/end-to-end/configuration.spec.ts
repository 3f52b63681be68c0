import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { cli, conformance, into, linesOf, reportIn, run, startCli, startRecorder } from '../support/cli.ts';
import { requirementsThat, runEngine } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

let server: Reference;
let everything: Record<string, string>;
let twoKeys: Record<string, string>;

test.beforeAll(async () => {
  server = await startReference();
  everything = server.environment;
  twoKeys = {
    MUFI_BASE_URL: server.url,
    MUFI_WRITE_KEY: server.keys.write,
    MUFI_READ_KEY: server.keys.read,
  };
});
test.afterAll(() => server.close());

/** Expects a run to end before anything is sent, with one line that says why. */
async function refused(environment: Record<string, string>, ...args: string[]): Promise<string> {
  const out = test.info().outputPath('report');
  const { exitCode, stdout, stderr } = await cli(into(out, ...args), { environment });
  expect(exitCode, stderr).toBe(3);
  expect(stdout).toBe('');
  expect(linesOf(stderr)).toHaveLength(1);
  await expect(reportIn(out)).rejects.toThrow('ENOENT');
  return stderr.trim();
}

test('the lines that the reference command prints, sourced, give the verdict of the embedded run', async () => {
  const hidden = await mkdtemp(join(tmpdir(), 'conformance-'));
  const child = startCli(['reference', '--port', '0']);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  try {
    let printed = '';
    await new Promise<void>((resolve, reject) => {
      child.on('close', () => reject(new Error('the reference server ended')));
      child.stdout.on('data', (chunk: Buffer) => (printed += chunk));
      child.stderr.on('data', (chunk: Buffer) => chunk.includes('listens on') && resolve());
    });
    const file = join(hidden, 'lines.sh');
    await writeFile(file, printed);
    const { stdout } = await run('sh', ['-c', '. "$0"; env', file]);
    const sourced = linesOf(stdout)
      .filter((line) => line.startsWith('MUFI_'))
      .map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
    const environment = Object.fromEntries(sourced);
    expect(Object.keys(environment).sort()).toEqual(Object.keys(everything).sort());

    const report = await runEngine(environment, { depth: 'quick', atATime: 4 });
    expect(report.verdict).toBe('conformant');
    expect(report.target.baseUrl).toBe(environment.MUFI_BASE_URL);
    expect(report.profiles.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'core conformant',
      'lifecycle conformant',
      'isolation conformant',
      'transport not-claimed',
    ]);
  } finally {
    child.kill('SIGTERM');
    await rm(hidden, { recursive: true });
  }
  expect(await ended).toBe(0);
});

test('two keys and a base URL are enough for core, and the report names what unlocks the rest', {
  tag: '@thorough',
}, async () => {
  const out = test.info().outputPath('report');
  const { exitCode, report } = await conformance(out, ['--depth', 'quick'], { environment: twoKeys });
  expect(exitCode).toBe(0);
  expect(report.verdict).toBe('conformant');
  expect(report.profiles.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
    'core conformant',
    'lifecycle not-claimed',
    'isolation not-claimed',
    'transport not-claimed',
  ]);
  expect(requirementsThat(report, 'warn', 'fail', 'inconclusive')).toEqual([]);
  const control = ['MUFI_CONTROL_URL', 'MUFI_CONTROL_TOKEN', 'MUFI_CONTROL_COMMAND'];
  const unlocks = report.notTested.map(({ capability, variables }) => [capability, variables]);
  expect(Object.fromEntries(unlocks)).toEqual({
    'revoked-key': ['MUFI_REVOKED_KEY', ...control],
    'long-lived-key': ['MUFI_LONG_LIVED_KEY'],
    'other-environment-key': ['MUFI_OTHER_ENVIRONMENT_KEY'],
    replicas: ['MUFI_REPLICA_URLS'],
    'other-project-keys': ['MUFI_OTHER_PROJECT_WRITE_KEY', 'MUFI_OTHER_PROJECT_READ_KEY', ...control],
    'other-token': ['MUFI_OTHER_TOKEN'],
    'key-control': control,
    'expiring-keys': control,
    clock: control,
    projects: control,
    https: ['MUFI_BASE_URL'],
    'plain-http': ['MUFI_HTTP_URL'],
  });
  const waiting = new Set(report.notTested.flatMap(({ requirements }) => requirements));
  for (const { id, verdict, profile } of report.requirements) {
    if (verdict !== 'not-tested') continue;
    expect(profile, id).not.toBe('core');
    expect([...waiting], id).toContain(id);
  }
});

test('a read key that is not set ends the run with one sentence', async () => {
  const { MUFI_READ_KEY: _, ...rest } = everything;
  expect(await refused(rest)).toBe(
    "MUFI_READ_KEY is not set; the core profile needs a write key and a read key of one project, so set it to the target's read key.",
  );
});

test('a base URL that is set to nothing never means the embedded server', async () => {
  expect(await refused({ MUFI_BASE_URL: '' })).toMatch(/^MUFI_BASE_URL is set but empty; /);
});

test('a misspelt variable is answered with the right name', async () => {
  const { MUFI_READ_KEY, ...rest } = everything;
  expect(await refused({ ...rest, MUFI_READKEY: String(MUFI_READ_KEY) })).toBe(
    'The variable MUFI_READKEY is not known; it looks like MUFI_READ_KEY. Rename it.',
  );
});

test('nothing listening is one cause and no failure', async () => {
  const gone = await startRecorder();
  await gone.close();
  const environment = { ...twoKeys, MUFI_BASE_URL: gone.url };
  const { exitCode, report } = await conformance(test.info().outputPath('report'), [], { environment });
  expect(exitCode).toBe(2);
  expect(report.verdict).toBe('inconclusive');
  expect(report.cause).toBe(
    `${gone.url} cannot be tested: the connection is refused; start the target, or check MUFI_BASE_URL: nothing listens on its port`,
  );
  expect(report.reason).toBe(report.cause);
  expect(requirementsThat(report, 'warn', 'fail')).toEqual([]);
  const reasons = report.requirements
    .filter(({ verdict }) => verdict === 'inconclusive')
    .map(({ reason }) => reason);
  expect([...new Set(reasons)]).toEqual([report.cause]);
});

test('a .env file in the working directory configures the run, and the environment wins over it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const variables = Object.entries({ ...twoKeys, MUFI_USER_AGENT: 'from-file', MUFI_CONCURRENCY: '3' });
    const lines = variables.map(([name, value]) => `${name}="${value}"`);
    await writeFile(join(directory, '.env'), lines.join('\n'));
    const args = ['--out', 'here', '--depth', 'quick', '-g', 'contract/no-redirect'];
    const ended = await cli(args, { cwd: directory, environment: { MUFI_CONCURRENCY: '5' } });
    expect(ended.exitCode, ended.stdout + ended.stderr).toBe(2);
    const report = await reportIn(join(directory, 'here'));
    expect(report.target.baseUrl).toBe(server.url);
    const shown = Object.fromEntries(report.configuration.map(({ name, value }) => [name, value]));
    expect(shown).toMatchObject({
      MUFI_USER_AGENT: 'from-file',
      MUFI_CONCURRENCY: '5',
      MUFI_WRITE_KEY: 'set',
    });
  } finally {
    await rm(directory, { recursive: true });
  }
});
