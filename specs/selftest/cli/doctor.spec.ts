import { expect, test } from '@playwright/test';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { cli, leaksIn, linesOf, startRecorder, through } from '../support/cli.ts';

test.describe.configure({ timeout: 120_000 });

let server: Reference;
let everything: Record<string, string>;
test.beforeAll(async () => {
  server = await startReference();
  everything = { ...server.environment };
});
test.afterAll(() => server.close());

const variables = (...names: string[]): Record<string, string> =>
  Object.fromEntries(['MUFI_BASE_URL', ...names].map((name) => [name, everything[name] ?? '']));

async function doctor(environment: Record<string, string>, ...args: string[]) {
  const ended = await cli(['doctor', ...args], { environment });
  const keys = Object.values(everything).filter((value) => value.split('.').length === 3);
  expect(leaksIn([['output', ended.stdout + ended.stderr]], keys)).toEqual([]);
  return ended;
}

/** The row of a variable, with one space between its cells. */
const rowOf = (stdout: string, variable: string): string | undefined =>
  linesOf(stdout)
    .find((line) => line.startsWith(`${variable} `))
    ?.replace(/ {2,}/g, '|')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, 'uuid');

test('a conformant server with everything set is worth a run, and each key is what it should be', async () => {
  const recorder = await startRecorder(server.url);
  const { exitCode, stdout, stderr } = await doctor(through(recorder, server.url, everything));
  await recorder.close();
  expect(stderr).toBe('');
  expect(linesOf(stdout).at(-1)).toBe('A run is worth it.');
  expect(exitCode).toBe(0);
  expect(rowOf(stdout, 'MUFI_WRITE_KEY')).toBe('MUFI_WRITE_KEY|400|accepted|write|uuid|EdDSA|never');
  expect(rowOf(stdout, 'MUFI_READ_KEY')).toBe('MUFI_READ_KEY|403|accepted|read|uuid|EdDSA|never');
  expect(rowOf(stdout, 'MUFI_REVOKED_KEY')).toBe(
    'MUFI_REVOKED_KEY|401|rejected|write (by claim)|uuid|EdDSA|never',
  );
  expect(rowOf(stdout, 'MUFI_OTHER_TOKEN')).toMatch(
    /^MUFI_OTHER_TOKEN\|401\|rejected\|not known\|not said\|EdDSA\|\d{4}-\d\d-\d\d \d\d:\d\d UTC$/,
  );
  expect(stdout).toMatch(/^key control {3}\S.* answers; it offers .*keys/m);
  expect(stdout).toContain('  lifecycle ');
  expect(stdout).not.toContain('  revoked-key: ');

  // One request with each key, one to key control, the reads with the read key, and one without a key.
  const sent = recorder.seen.map(({ method, path, authorization = 'no key' }) => ({
    what: `${method} ${path}`,
    key:
      Object.entries(everything).find(([, value]) => authorization === `Bearer ${value}`)?.[0] ??
      authorization,
  }));
  const names = new Set(sent.map(({ key }) => key));
  for (const name of names) {
    const requests = sent.filter(({ key }) => key === name);
    const others = requests.filter(
      ({ what }) => !(name === 'MUFI_READ_KEY' && what !== 'POST /v1/events/create'),
    );
    expect(
      others.map(({ what }) => what),
      name,
    ).toHaveLength(1);
  }
  expect([...names]).toContain('MUFI_CONTROL_TOKEN');
  // Nothing was created.
  expect(recorder.seen.filter(({ status, method }) => method !== 'GET' && status === 201)).toEqual([]);
});

test('two keys and no key control are worth a run, and the profiles say what they need', async () => {
  const { exitCode, stdout } = await doctor(variables('MUFI_WRITE_KEY', 'MUFI_READ_KEY'));
  expect(exitCode).toBe(0);
  expect(stdout).toContain('key control   none is configured');
  expect(stdout).toMatch(/^ {2}revoked-key: Set a key that was regenerated or revoked/m);
  expect(stdout).toMatch(/^ {2}isolation .*; the rest needs other-project-keys, /m);
});

test('a server that is not there is one sentence and exit code 2', async () => {
  const gone = await startRecorder();
  await gone.close();
  const given = { ...variables('MUFI_WRITE_KEY', 'MUFI_READ_KEY'), MUFI_BASE_URL: gone.url };
  const { exitCode, stdout } = await doctor(given);
  expect(linesOf(stdout)).toEqual([
    `${gone.url} cannot be tested: the connection is refused; start the target, or check MUFI_BASE_URL: nothing listens on its port.`,
  ]);
  expect(exitCode).toBe(2);
});

test('a server that answers every request with 500 cannot be judged', async () => {
  const broken = await startRecorder();
  const given = { ...variables('MUFI_WRITE_KEY', 'MUFI_READ_KEY'), MUFI_BASE_URL: broken.url };
  const { exitCode, stdout } = await doctor(given);
  await broken.close();
  expect(stdout).toContain('MUFI_WRITE_KEY could not be checked: POST /v1/events/create answers 500.');
  expect(exitCode).toBe(2);
});

test('a revoked write key is named, and is a matter of configuration', async () => {
  const given = { ...variables('MUFI_READ_KEY'), MUFI_WRITE_KEY: everything.MUFI_REVOKED_KEY ?? '' };
  const { exitCode, stdout } = await doctor(given);
  expect(stdout).toMatch(/^MUFI_WRITE_KEY is rejected with 401 by POST \S+: .*; set a new one\.$/m);
  expect(stdout).not.toMatch(/^MUFI_READ_KEY (is rejected|gets)/m);
  expect(exitCode).toBe(3);
});

test('keys of the wrong permission are named', async () => {
  const given = {
    ...variables(),
    MUFI_WRITE_KEY: everything.MUFI_READ_KEY ?? '',
    MUFI_READ_KEY: everything.MUFI_WRITE_KEY ?? '',
  };
  const { exitCode, stdout } = await doctor(given);
  expect(stdout).toMatch(/^MUFI_WRITE_KEY gets 403 from POST \S+: it may not write; set a write key\.$/m);
  expect(stdout).toMatch(
    /^MUFI_READ_KEY is not rejected by POST \S+ \(400\): it is a write key; set a read key\.$/m,
  );
  expect(exitCode).toBe(3);

  // If nothing may be written, their claims count.
  const observed = await doctor(given, '--mode', 'observe');
  expect(observed.stdout).toContain('MUFI_WRITE_KEY says that it is a read key; set a write key.');
  expect(observed.exitCode).toBe(3);
});

test('two keys of different projects are named', async () => {
  const given = {
    ...variables('MUFI_WRITE_KEY'),
    MUFI_READ_KEY: everything.MUFI_OTHER_PROJECT_READ_KEY ?? '',
  };
  const { exitCode, stdout } = await doctor(given);
  expect(stdout).toContain('MUFI_READ_KEY and MUFI_WRITE_KEY belong to different projects;');
  expect(exitCode).toBe(3);
});

test('a key that should be revoked and is accepted is a remark: that is what a run is for', async () => {
  const given = {
    ...variables('MUFI_WRITE_KEY', 'MUFI_READ_KEY'),
    MUFI_REVOKED_KEY: everything.MUFI_LONG_LIVED_KEY ?? '',
  };
  const { exitCode, stdout } = await doctor(given);
  expect(stdout).toMatch(/^MUFI_REVOKED_KEY is accepted \(200\): either the target accepts a revoked key/m);
  expect(exitCode).toBe(0);
});

test('a wrong token of key control is a matter of configuration, and is not shown', async () => {
  const wrong = 'a-wrong-token-of-key-control';
  const given = { ...everything, MUFI_CONTROL_TOKEN: wrong };
  const { exitCode, stdout } = await doctor(given);
  expect(stdout).toContain('Key control answers describe with 401; check MUFI_CONTROL_TOKEN.');
  expect(stdout).not.toContain(wrong);
  expect(exitCode).toBe(3);
});

test('without a server there is nothing to look at', async () => {
  const { exitCode, stdout, stderr } = await doctor({});
  expect(stdout).toBe('');
  expect(stderr.trim()).toBe(
    'No server is named, so there is nothing to look at; set MUFI_BASE_URL, or give --base-url.',
  );
  expect(exitCode).toBe(3);
});
