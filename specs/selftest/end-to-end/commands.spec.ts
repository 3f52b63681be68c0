import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { allScenarios } from '../../../harness/engine/run/index.ts';
import { startReference } from '../../../harness/reference/start.ts';
import { catalogue } from '../../requirements/index.ts';
import {
  cli,
  conformance,
  leaksIn,
  linesOf,
  repository,
  run,
  startRecorder,
  through,
} from '../support/cli.ts';
import { fakeKey } from '../support/keys.ts';

const ids = allScenarios(catalogue).map(({ id }) => id);

test('plan shows what would be sent and opens no connection', async () => {
  const server = await startReference();
  const recorder = await startRecorder();
  try {
    const environment = through(recorder, server.url, server.environment);
    expect(environment).toMatchObject({
      MUFI_BASE_URL: recorder.url,
      MUFI_CONTROL_URL: `${recorder.url}/control`,
      MUFI_JWKS_URL: `${recorder.url}/.well-known/jwks.json`,
    });
    const { exitCode, stdout, stderr } = await cli(['plan'], { environment });
    expect([exitCode, stderr]).toEqual([0, '']);
    const plan = Object.fromEntries(
      linesOf(stdout).map((line) => [line.split(/ {2,}/)[0], line.split(/ {2,}/)[1] ?? '']),
    );
    expect(plan.target).toBe(recorder.url);
    expect(plan.mode).toBe('full, depth full');
    const encrypted = ids.filter((id) => id.startsWith('transport/')).length;
    // Nothing is claimed absent.
    const absent = ids.filter((id) => id.startsWith('contract/claimed-absent-is-absent/')).length;
    expect(absent).toBeGreaterThan(0);
    expect(plan.scenarios).toBe(`${ids.length - encrypted - absent} of ${ids.length}`);
    expect(Number(/^\d+/.exec(plan.cells ?? '')?.[0])).toBeGreaterThan(2_000);
    expect(linesOf(stdout).slice(-4)).toEqual([
      'Not tested, and what unlocks it:',
      expect.stringMatching(/^ {2}https \(\d+ scenarios\): Set MUFI_BASE_URL to an https URL\.$/),
      expect.stringMatching(/^ {2}plain-http \(\d+ scenarios\): .* \(MUFI_HTTP_URL\)\.$/),
      'Nothing was sent.',
    ]);
    expect(recorder.connections()).toBe(0);
    expect(leaksIn([['stdout', stdout]], Object.values(server.keys))).toEqual([]);
  } finally {
    await recorder.close();
    await server.close();
  }
});

test('plan shows requests by kind, and their sum is what it says in all', async () => {
  const { exitCode, stdout } = await cli(['plan', '--depth', 'quick']);
  expect(exitCode).toBe(0);
  const lines = linesOf(stdout);
  const [, total = ''] = /^requests +at least ([\d,]+),/m.exec(stdout) ?? [];
  const number = (text: string): number => Number(text.replaceAll(',', ''));
  const start = lines.findIndex((line) => /^kind +scenarios +requests$/.test(line));
  const rows = lines
    .slice(start + 1)
    .map((line) => /^([a-z][a-z ]*?) +(?:([\d,]+) +)?([\d,]+)$/.exec(line))
    .filter((row) => row !== null);
  expect(rows.map(([, kind]) => kind)).toEqual([
    ...catalogue.map(({ id }) => id).filter((id) => id !== 'transport'),
    'preflight and controls',
  ]);
  expect(rows.reduce((sum, [, , , requests = '']) => sum + number(requests), 0)).toBe(number(total));
  const scenarios = rows.reduce((sum, [, , own = '0']) => sum + number(own), 0);
  expect(stdout).toMatch(new RegExp(`^scenarios +${scenarios} of ${ids.length}$`, 'm'));
});

test('plan names the variables that two keys alone lack', async () => {
  const { keys, close } = await startReference();
  await close();
  const environment = {
    MUFI_BASE_URL: 'http://127.0.0.1:9',
    MUFI_WRITE_KEY: keys.write,
    MUFI_READ_KEY: keys.read,
  };
  const { exitCode, stdout } = await cli(['plan', '--mode', 'observe', '--depth', 'quick'], { environment });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/cells +\d+, of them 0 on write operations/);
  for (const name of [
    'MUFI_REVOKED_KEY',
    'MUFI_LONG_LIVED_KEY',
    'MUFI_OTHER_ENVIRONMENT_KEY',
    'MUFI_OTHER_PROJECT_WRITE_KEY',
    'MUFI_OTHER_TOKEN',
    'MUFI_CONTROL_COMMAND',
  ]) {
    expect(stdout).toContain(name);
  }
});

test('list prints every scenario under its requirement, and -g narrows it', async () => {
  const { exitCode, stdout } = await cli(['list']);
  expect(exitCode).toBe(0);
  const requirements = catalogue.flatMap((family) => family.requirements);
  expect(linesOf(stdout)).toHaveLength(catalogue.length + requirements.length + ids.length);
  const narrowed = await cli(['list', '-g', '^expiry/keys-keep-working/long']);
  expect(linesOf(narrowed.stdout)).toEqual([
    'Keys do not expire by themselves',
    '  MUST   expiry/keys-keep-working: A key works until it is regenerated or revoked, however old it is.',
    '           long-lived-key: a key that was issued long ago',
  ]);
});

test('plan, list and run select the same scenarios by id and title', { tag: '@thorough' }, async () => {
  const pattern = '^TOKEN/signature-verified/zeros|^expiry/.*: a key that was issued long ago$';
  const [listed, planned] = await Promise.all([cli(['list', '-g', pattern]), cli(['plan', '-g', pattern])]);
  expect(linesOf(listed.stdout).filter((line) => /^ {11}/.test(line))).toHaveLength(2);
  expect(planned.stdout).toMatch(/^scenarios +2 of 2$/m);
  const { report } = await conformance(test.info().outputPath('report'), ['-g', pattern, '--depth', 'quick']);
  expect(report.counts.scenarios).toBe(2);
});

test('list -g with a broken pattern ends with exit 3 and one line', async () => {
  const { exitCode, stdout, stderr } = await cli(['list', '-g', '(']);
  expect([exitCode, stdout]).toEqual([3, '']);
  expect(linesOf(stderr)).toEqual(['The pattern ( of -g is not a regular expression.']);
});

test('list --json is the catalogue', async () => {
  const { exitCode, stdout } = await cli(['list', '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(catalogue)));
});

test('--help names every command and its options, and is not an error', async () => {
  const help = await cli(['--help']);
  expect([help.exitCode, help.stderr]).toEqual([0, '']);
  for (const command of ['run', 'plan', 'list', 'reference', 'forge', 'compare', 'merge']) {
    expect(help.stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  }
  const { stdout } = await cli(['run', '--help']);
  for (const option of [
    'base-url',
    'profile',
    'depth',
    'mode',
    'strict',
    'openapi',
    'out',
    'shard',
    'grep',
  ]) {
    expect(stdout).toContain(`--${option}`);
  }
});

for (const [args, complaint] of [
  [['--colour'], "error: unknown option '--colour'"],
  [['--profile', 'core,secrecy'], '"secrecy" is not one of core, lifecycle, isolation, transport.'],
  [
    ['--depth', 'deep'],
    "option '--depth <depth>' argument 'deep' is invalid. Allowed choices are quick, full.",
  ],
  [
    ['--mode', 'all'],
    "option '--mode <mode>' argument 'all' is invalid. Allowed choices are observe, reject-only, full.",
  ],
  [['--shard', '3/2'], 'it must look like 2/4.'],
  [['-g', '('], 'The pattern ( of -g is not a regular expression.'],
  [['--openapi', 'nowhere.yaml'], 'The OpenAPI file nowhere.yaml cannot be read; check --openapi.'],
  [
    ['--base-url', 'localhost'],
    'MUFI_BASE_URL does not begin with a scheme; write http:// in front, or https:// if it uses TLS.',
  ],
  [['run', 'token'], 'too many arguments'],
] as const) {
  test(`"${args.join(' ')}" ends with exit 3 and one line that says why`, async () => {
    const { exitCode, stdout, stderr } = await cli([...args, '--out', test.info().outputPath('report')]);
    expect([exitCode, stdout]).toEqual([3, '']);
    const [line, ...more] = linesOf(stderr);
    expect(line).toContain(complaint);
    expect(more.filter((text) => text !== '(try --help)')).toEqual([]);
    expect(await readdir(test.info().outputDir).catch(() => [])).toEqual([]);
  });
}

test.describe('forge', () => {
  const forged = 'token/signature-verified/zeros';
  const command = (id: string, ...more: string[]): string =>
    [process.execPath, join(repository, 'harness/start.mjs'), 'forge', id, ...more].join(' ');
  let environment: Record<string, string>;
  let key: string;
  test.beforeAll(async () => {
    const server = await startReference();
    key = server.keys.write;
    const { MUFI_BASE_URL, MUFI_READ_KEY } = server.environment;
    environment = {
      MUFI_BASE_URL: String(MUFI_BASE_URL),
      MUFI_READ_KEY: String(MUFI_READ_KEY),
      MUFI_WRITE_KEY: key,
    };
    await server.close();
  });

  test('inside a substitution it is the key of the scenario and nothing else', async () => {
    const script = `printf '%s' "$(${command(forged)})"`;
    const { exitCode, stdout, stderr } = await run('sh', ['-c', script], { environment });
    expect([exitCode, stderr]).toEqual([0, '']);
    const [header, payload] = key.split('.');
    expect(stdout === `${header}.${payload}.${'A'.repeat(86)}`).toBe(true);
  });

  test('a filter spells it the way the scenario presents it', async () => {
    const script = `printf '%s' "$(${command('presentation/bearer-scheme-only/basic-user', '--filter', 'basic-user')})"`;
    const { stdout } = await run('sh', ['-c', script], { environment });
    expect(stdout === Buffer.from(`${key}:`).toString('base64')).toBe(true);
  });

  test('a terminal is refused', async () => {
    const { exitCode, stdout } = await run('script', ['-qec', command(forged), '/dev/null'], { environment });
    expect(exitCode).toBe(3);
    expect(linesOf(stdout)).toEqual([
      expect.stringContaining('A forged key is not shown on a terminal; use this command inside $(...).'),
    ]);
  });

  test('a scenario that does not exist is refused', async () => {
    const { exitCode, stdout, stderr } = await cli(['forge', 'token/nothing'], { environment });
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(linesOf(stderr)).toEqual(['There is no scenario token/nothing; list them with: npm run -s list']);
  });
});

test('reference --faults lists them, and an unknown one is refused', async () => {
  const listed = await cli(['reference', '--faults']);
  expect(listed.exitCode).toBe(0);
  expect(listed.stdout).toContain(
    'signature-ignored: breaks "The signature is verified, not only the payload decoded."',
  );
  const unknown = await cli(['reference', '--port', '0', '--fault', 'no-such-fault']);
  expect([unknown.exitCode, unknown.stdout]).toEqual([3, '']);
  expect(linesOf(unknown.stderr)).toEqual([
    'There is no fault no-such-fault; list them with: npm run -s reference -- --faults',
  ]);
});

test('a word that is no command is named with the command that was meant', async () => {
  const near = await cli(['merg']);
  expect([near.exitCode, near.stdout]).toEqual([3, '']);
  expect(near.stderr).toBe('There is no command "merg". Did you mean merge? --help lists the commands.\n');
  for (const args of [
    ['--require-target', 'merg'],
    ['help', 'merg'],
  ])
    expect(await cli(args)).toEqual(near);
  const far = await cli(['everything', '--depth', 'quick']);
  expect([far.exitCode, far.stderr]).toEqual([
    3,
    'There is no command "everything". --help lists the commands.\n',
  ]);
});

test('--require-target makes a missing server an error and changes nothing if one is named', async () => {
  const demo = await cli(['run', '--require-target']);
  expect([demo.exitCode, demo.stdout]).toEqual([3, '']);
  expect(demo.stderr).toBe(
    '--require-target is given and no server is named; set MUFI_BASE_URL, or give --base-url.\n',
  );
  const named = await cli(['plan', '--require-target', '--base-url', 'http://127.0.0.1:9'], {
    environment: { MUFI_WRITE_KEY: fakeKey(), MUFI_READ_KEY: fakeKey() },
  });
  expect([named.exitCode, named.stderr]).toEqual([0, '']);
  expect(named.stdout).toContain('http://127.0.0.1:9');
});

test('--help says what the exit codes mean', async () => {
  const { stdout } = await cli(['--help']);
  for (const code of ['0  conformant', '1  nonconformant', '2  partial or inconclusive', '3  broken']) {
    expect(stdout).toContain(code);
  }
});
