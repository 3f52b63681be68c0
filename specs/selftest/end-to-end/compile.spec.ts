import { appendFile, chmod, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { run } from '../support/cli.ts';
import { scratchCopy } from '../support/walkthrough.ts';

let copy = '';
test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  copy = await scratchCopy();
});
test.afterAll(() => rm(copy, { recursive: true, force: true }));

const version = () => run(process.execPath, [join(copy, 'harness', 'start.mjs'), '--version'], { cwd: copy });
const compiled = async () =>
  (await readdir(join(copy, 'harness', '.compiled'))).filter((name) => name.startsWith('suite-'));
const change = (line: string) => appendFile(join(copy, 'harness', 'cli', 'index.ts'), line);

test('commands that start together compile, and the next one takes what they compiled', async () => {
  const first = await Promise.all([version(), version(), version()]);
  expect(first.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  const before = await compiled();
  expect((await version()).exitCode).toBe(0);
  expect(await compiled()).toEqual(before);
});

test('a changed source is compiled again', async () => {
  await change("process.stderr.write('changed\\n');\n");
  expect(await version()).toMatchObject({ exitCode: 0, stderr: 'changed\n' });
  expect(await version()).toMatchObject({ exitCode: 0, stderr: 'changed\n' });
});

test('of many compiled states a few stay', async () => {
  for (const line of ['//1\n', '//2\n', '//3\n', '//4\n', '//5\n']) {
    await change(line);
    expect((await version()).exitCode).toBe(0);
  }
  expect(await compiled()).toHaveLength(4);
});

test('if nothing can be written, the command line runs from its sources', async () => {
  await rm(join(copy, 'harness', '.compiled'), { recursive: true });
  // root may write into every folder, but nobody can use a file as a folder.
  await appendFile(join(copy, 'harness', '.compiled'), '');
  await chmod(join(copy, 'harness', '.compiled'), 0o444);
  expect(await version()).toMatchObject({ exitCode: 0, stderr: 'changed\n' });
});
