import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { JWK } from 'jose';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { installTools } from '../../../harness/proof/benchmark/tools.ts';
import { startReference } from '../../../harness/reference/start.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { verifying } from '../support/certificates.ts';
import {
  type ChildOptions,
  type ChildResult,
  linesOf,
  reportIn,
  repository,
  run,
  textsIn,
} from '../support/cli.ts';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';

/** The folder of a user who has only the tarball. */
let folder = '';
let tarball = '';
const installed = (): string => join(folder, 'node_modules', manifest.name);

function command(args: readonly string[], options: ChildOptions = {}): Promise<ChildResult> {
  return run(npx, ['--no', 'mufi-conformance', ...args], { cwd: folder, ...options });
}

test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = await mkdtemp(join(tmpdir(), 'conformance-package-'));
  const packed = await run(npm, ['pack', '--silent', '--pack-destination', folder]);
  expect(packed.exitCode, packed.stderr).toBe(0);
  tarball = linesOf(packed.stdout).at(-1) ?? '';
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  const added = await run(npm, ['install', ...quiet, `./${tarball}`], { cwd: folder });
  expect(added.exitCode, added.stderr).toBe(0);
});

test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('the package holds compiled files and data, nothing of our tests, and names no place of this machine', async () => {
  const texts = await textsIn(installed());
  const names = texts.map(([name]) => name.replaceAll('\\', '/'));
  for (const file of [
    ...['README.md', 'LICENSE', 'schemas/control.openapi.yaml', 'schemas/mufi.openapi.yaml'],
    ...['reports', 'schemas', 'specs', 'harness', 'harness/attestation'].map((page) => `${page}/README.md`),
  ]) {
    expect(names).toContain(file);
  }
  const kinds =
    /^(dist\/.+\.js|dist\/harness\/.+\.d\.ts|schemas\/.+\.(yaml|json)|(.+\/)?[A-Z]+(\.md)?|package\.json)$/;
  expect(
    names.filter((name) => !kinds.test(name) || /selftest|bench|generate\/documents/.test(name)),
  ).toEqual([]);
  const foreign = [repository.replace(/[\\/]$/, ''), folder, 'sourceMappingURL'];
  const leaking = texts.filter(([, text]) => foreign.some((place) => text.includes(place)));
  expect(leaking.map(([name]) => name)).toEqual([]);
});

test('the package follows the rules for packages', async () => {
  const { messages, pkg } = await publint({ pkgDir: installed(), pack: false, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

test('npm would publish it, and its types are right for everybody who imports ES modules', async () => {
  test.setTimeout(300_000);
  const published = await run(npm, ['publish', '--dry-run', '--json', join(folder, tarball)]);
  expect(published.exitCode, published.stderr).toBe(0);
  const tools = await installTools({ '@arethetypeswrong/cli': '0.18.5' });
  const attw = join(tools, 'node_modules', '.bin', 'attw');
  const { exitCode, stdout } = await run(attw, ['--profile', 'esm-only', join(folder, tarball)]);
  expect(exitCode, stdout).toBe(0);
});

test('a run from the package writes its report where it was started, and nothing else', async () => {
  const { exitCode, stdout, stderr } = await command(['run', '--depth', 'quick']);
  expect(exitCode, `${stdout}\n${stderr}`).toBe(0);
  const report = await reportIn(join(folder, 'reports', 'latest'));
  expect(report).toMatchObject({
    verdict: 'conformant',
    suite: { name: manifest.name, version: manifest.version },
  });
  expect(await readdir(join(folder, 'reports'))).toEqual(['latest']);
  expect((await readdir(installed())).sort()).toEqual(
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist',
      'harness',
      'package.json',
      'reports',
      'schemas',
      'specs',
    ].sort(),
  );
  const replays = report.exchanges.map(({ replay }) => replay);
  expect(replays.some((replay) => replay.includes('$(npx mufi-conformance forge token/'))).toBe(true);
  expect(replays.filter((replay) => replay.includes('npm run'))).toEqual([]);
});

test('the commands read .env of the folder, and forge what the replay lines ask for', async () => {
  const reference = await startReference();
  const env = join(folder, '.env');
  try {
    const lines = Object.entries(reference.environment).map(([name, value]) => `${name}=${value}`);
    await writeFile(env, lines.join('\n'));
    const plan = await command(['plan']);
    expect([plan.exitCode, plan.stdout]).toEqual([0, expect.stringContaining(reference.url)]);
    const { exitCode, stdout } = await command(['forge', 'token/signature-verified/zeros']);
    const [header, payload, signature = ''] = stdout.split('.');
    expect([exitCode, [header, payload].join('.')]).toEqual([
      0,
      reference.keys.write.replace(/\.[^.]*$/, ''),
    ]);
    expect(new Set(Buffer.from(signature, 'base64url'))).toEqual(new Set([0]));
  } finally {
    await rm(env, { force: true });
    await reference.close();
  }
});

test('certify and verify work from the package, and a changed report is found out', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = (key: KeyObject): object => ({ ...key.export({ format: 'jwk' }), kid: 'a', alg: 'EdDSA' });
  const reference = await startReference();
  const { MUFI_WRITE_KEY, MUFI_READ_KEY } = reference.environment as Record<string, string>;
  await writeFile(join(folder, 'jwks.json'), JSON.stringify({ keys: [jwk(publicKey)] }));
  await writeFile(join(folder, 'server.yaml'), 'name: a server\nversion: "1"\ncontact: a@b.example\n');
  const environment = {
    MUFI_BASE_URL: reference.url,
    ...{ MUFI_WRITE_KEY, MUFI_READ_KEY },
    MUFI_CERTIFICATE_KEY: JSON.stringify(jwk(privateKey)),
  } as Record<string, string>;
  try {
    const certified = await command(['certify', '--implementation', 'server.yaml'], { environment });
    expect(certified.exitCode, `${certified.stdout}\n${certified.stderr}`).toBe(0);
  } finally {
    await reference.close();
  }
  const verify = ['verify', 'reports/certificate', '--keys', 'jwks.json'];
  const good = await command(verify);
  expect([good.exitCode, good.stdout]).toEqual([0, expect.stringMatching(/^Verified: a server 1 keeps/)]);
  // The sources verify a certificate of the package.
  const certificate = join(folder, 'reports', 'certificate');
  expect(await verifying(certificate, [jwk(publicKey) as JWK])).toBe('verified');
  const report = join(certificate, 'report.json');
  const honest = await readFile(report, 'utf8');
  const changed = honest.replace('"verdict":"pass"', '"verdict":"warn"');
  expect(changed).not.toBe(honest);
  await writeFile(report, changed);
  expect((await command(verify)).exitCode).toBe(1);
});

test('list, help and mistakes say what to do in words of the package', async () => {
  const list = await command(['list']);
  expect([list.exitCode, list.stdout]).toEqual([0, expect.stringContaining('token/signature-verified')]);
  const wrong = await command(['run', '--dept', 'quick']);
  expect([wrong.exitCode, wrong.stderr]).toEqual([3, expect.stringContaining("unknown option '--dept'")]);
  const nothing = await command(['run', '-g', 'no-such-scenario']);
  expect([nothing.exitCode, linesOf(nothing.stderr).at(-1)]).toEqual([
    3,
    'No scenario matches -g no-such-scenario; list the ids with: npx mufi-conformance list',
  ]);
});

test('the path of a vendor: from an empty folder with the tarball to a certificate and a history', async () => {
  test.setTimeout(900_000);
  const home = join(folder, 'vendor');
  await mkdir(home);
  const quiet = ['--prefer-offline', '--no-audit', '--no-fund'];
  const tarball = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  const added = await run(npm, ['install', ...quiet, `../${tarball}`], { cwd: home });
  expect(added.exitCode, added.stderr).toBe(0);
  const step = (...args: string[]): Promise<ChildResult> => command(args, { cwd: home });
  const firstLine = ({ exitCode, stdout, stderr }: ChildResult) => [exitCode, linesOf(stdout)[0] ?? stderr];

  expect(firstLine(await step('init', 'vendor'))).toEqual([
    0,
    expect.stringMatching(/^written +\.gitignore$/),
  ]);

  // Fills in what init asks for: the server, two keys, and the certifier.
  const reference = await startReference({ faults: ['signature-ignored'] });
  const fill = async (variables: Readonly<Record<string, string>>): Promise<void> => {
    const env = await readFile(join(home, '.env'), 'utf8');
    const filled = Object.entries(variables).reduce(
      (text, [name, value]) => text.replace(new RegExp(`^${name}=.*$`, 'm'), () => `${name}=${value}`),
      env,
    );
    await writeFile(join(home, '.env'), filled);
  };
  const keysOf = ({ url, keys }: typeof reference) => ({
    MUFI_BASE_URL: url,
    MUFI_WRITE_KEY: keys.write,
    MUFI_READ_KEY: keys.read,
  });
  const implementation = await readFile(join(home, 'implementation.yaml'), 'utf8');
  await writeFile(
    join(home, 'implementation.yaml'),
    implementation
      .replace(/^name:.*$/m, 'name: Vendor')
      .replace(/^version:.*$/m, 'version: "1"')
      .replace(/^contact:.*$/m, 'contact: a@b.example'),
  );
  await fill(keysOf(reference));
  expect(firstLine(await step('doctor'))).toEqual([
    0,
    expect.stringMatching(new RegExp(`^target +${reference.url} answers; `)),
  ]);

  const red = await step('run');
  expect([red.exitCode, linesOf(red.stdout).find((line) => line.startsWith('✕'))]).toEqual([
    1,
    expect.stringContaining('MUST  token/signature-verified: '),
  ]);
  await cp(join(home, 'reports', 'latest'), join(home, 'nights', '1'), { recursive: true });
  await reference.close();

  // The server is fixed.
  const fixed = await startReference({ port: Number(new URL(reference.url).port) });
  await fill(keysOf(fixed));
  const again = await step('run', '--last-failed');
  expect([again.exitCode, again.stdout]).toEqual([
    2,
    expect.stringMatching(/^◑ Partial: not everything ran: --last-failed selects only/m),
  ]);

  const key = (await readFile(join(home, 'certificate-key.json'), 'utf8')).trim();
  const certified = await command(['certify', '--implementation', 'implementation.yaml'], {
    cwd: home,
    environment: { MUFI_CERTIFICATE_KEY: key },
  });
  await fixed.close();
  expect([certified.exitCode, linesOf(certified.stdout).at(-2)]).toEqual([
    0,
    expect.stringMatching(/^reports\/certificate\/certificate\.jws certifies Vendor 1/),
  ]);

  expect(firstLine(await step('verify', 'reports/certificate', '--keys', 'jwks.json'))).toEqual([
    0,
    expect.stringMatching(/^Verified: Vendor 1 keeps the contract in core/),
  ]);
  expect(firstLine(await step('history', 'nights', 'reports/certificate'))).toEqual([
    0,
    expect.stringMatching(new RegExp(`^2 nights of ${fixed.url}: `)),
  ]);
});

const consumer = `
import { type Reference, type ReferenceOptions, startReference } from '${manifest.name}';

const options: ReferenceOptions = { algorithm: 'ES256', faults: ['signature-ignored'] };
const reference: Reference = await startReference(options);
const ask = async (key: string): Promise<number> => {
  const { status } = await fetch(reference.url + '/v1/version', { headers: { Authorization: 'Bearer ' + key } });
  return status;
};
const { write } = reference.keys;
const unsigned: string = write.slice(0, write.lastIndexOf('.') + 1) + 'AAAA';
const found = [await ask(write), await ask(unsigned), await ask('nonsense')];
console.log(JSON.stringify({ found, same: reference.environment.MUFI_WRITE_KEY === write }));
await reference.close();
// @ts-expect-error there is no such algorithm
const wrong: ReferenceOptions = { algorithm: 'ROT13' };
`;

test('a TypeScript file of somebody else starts the reference server with a fault and ends', async () => {
  await writeFile(join(folder, 'consumer.mts'), consumer);
  const compiler = join(repository, 'node_modules', 'typescript', 'bin', 'tsc');
  const strict = ['--strict', '--module', 'nodenext', '--target', 'es2022', '--types', 'node'];
  const roots = ['--typeRoots', join(repository, 'node_modules', '@types')];
  const compiled = await run(process.execPath, [compiler, ...strict, ...roots, 'consumer.mts'], {
    cwd: folder,
  });
  expect([compiled.exitCode, compiled.stdout]).toEqual([0, '']);
  const { exitCode, stdout, stderr } = await run(process.execPath, ['consumer.mjs'], { cwd: folder });
  expect([exitCode, stderr, JSON.parse(stdout)]).toEqual([0, '', { found: [200, 200, 401], same: true }]);
});
