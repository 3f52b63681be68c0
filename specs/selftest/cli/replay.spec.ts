import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import {
  type ChildResult,
  cli,
  conformance,
  leaksIn,
  linesOf,
  startRecorder,
  through,
} from '../support/cli.ts';

const scenario = 'regeneration/old-key-rejected-at-once/write-key';
const operation = 'GET /v1/events';

test.describe.configure({ mode: 'default', timeout: 300_000 });

let out = '';
let port = 0;
let broken: Reference;

/** Keys of the environment, and keys that key control made. */
const keys: string[] = [];

test.beforeAll('a server that accepts regenerated keys has a red report', async () => {
  test.setTimeout(300_000);
  out = test.info().outputPath('report');
  broken = await startReference({ faults: ['old-key-accepted'] });
  port = Number(new URL(broken.url).port);
  keys.push(broken.keys.write, broken.keys.read);
  const { exitCode } = await conformance(out, ['-g', scenario], { environment: broken.environment });
  expect(exitCode).toBe(1);
});

/** Replays through a recorder that notes the keys that key control makes. */
async function replay(
  reference: Reference,
  ...args: string[]
): Promise<ChildResult & { operations: string[] }> {
  const recorder = await startRecorder(reference.url);
  const environment = through(recorder, reference.url, reference.environment as Record<string, string>);
  const ended = await cli(['replay', scenario, '--out', out, ...args], { environment });
  await recorder.close();
  keys.push(...recorder.keys);
  expect(
    leaksIn(
      [
        ['stdout', ended.stdout],
        ['stderr', ended.stderr],
      ],
      keys,
    ),
  ).toEqual([]);
  const made = new Set(recorder.keys.map((key) => `Bearer ${key}`));
  const sent = recorder.seen.filter(({ authorization = '' }) => made.has(authorization));
  return { ...ended, operations: [...new Set(sent.map(({ path, method }) => `${method} ${path}`))] };
}

const answers = (text: string): string[] =>
  [...text.matchAll(/^ {4}< (\d{3})$/gm)].map(([, status]) => status ?? '');

test('what still fails is done again with key control, and both sides are shown', async () => {
  const before = await readFile(join(out, 'report.json'), 'utf8');
  const { exitCode, stdout, stderr, operations } = await replay(broken, '--operation', operation);
  expect([exitCode, stderr]).toEqual([1, '']);
  expect(stdout).toMatch(/^regeneration\/old-key-rejected-at-once\/write-key\n {2}MUST {2}From the moment/);
  expect(stdout).toContain('Authorization: Bearer ‹write key that was regenerated a moment ago›');
  const steps = /key control, now:\n((?: {2}.*\n)+)/.exec(stdout)?.[1] ?? '';
  expect(linesOf(steps).map((line) => line.trim().split(' ').slice(0, 3).join(' '))).toEqual([
    'create a key',
    'regenerate the key',
    'revoke the key',
  ]);
  const [then, now] = linesOf(stdout).slice(-3, -1);
  expect(then).toMatch(/^then {2}✕ fail: 200 application\/json, accepted \(1 of 1 operation\); .* UTC$/);
  expect(now).toMatch(/^now {3}✕ fail: 200 application\/json, accepted \(1 of 1 operation\); .* UTC$/);
  expect(answers(stdout).slice(0, 2)).toEqual(['200', '200']);
  expect(linesOf(stdout).at(-1)).toBe(`The earlier report is of another target: ${broken.url}.`);
  // The preflight adds one operation to see what a regeneration does.
  expect(operations).toContain(operation);
  expect(operations.length).toBeLessThan(3);
  // The earlier report is only read.
  expect(await readFile(join(out, 'report.json'), 'utf8')).toBe(before);
});

const complaints: readonly (readonly [what: string, args: string[], sentence: RegExp])[] = [
  [
    'a scenario with a slip',
    ['regeneration/old-key-rejected-at-once/write-kez'],
    /^There is no scenario "regeneration\/old-key-rejected-at-once\/write-kez"\. The nearest are regeneration\/old-key-rejected-at-once\/write-key, [^,]+, [^,]+; list all with: npm run -s list$/,
  ],
  [
    'a requirement',
    ['regeneration/old-key-rejected-at-once'],
    /^There is no scenario "regeneration\/old-key-rejected-at-once"\. It has regeneration\/old-key-rejected-at-once\/write-key, [^,]+, [^,]+, and \d+ more; list/,
  ],
  [
    'what was found elsewhere',
    ['contract/json-body/elsewhere'],
    /^contract\/json-body\/elsewhere stands for findings in exchanges of other scenarios; replay one of those\.$/,
  ],
  [
    'an operation with a slip',
    [scenario, '--operation', 'GET /v1/versoin'],
    /^regeneration\S+ is not sent to the operation "GET \/v1\/versoin"; the nearest of its operations are GET \/v1\/version, GET [^,]+, \w+ [^,]+\.$/,
  ],
  [
    'an operation that the scenario leaves out',
    ['regeneration/linearizable/under-load', '--operation', operation],
    /^regeneration\/linearizable\/under-load is not sent to the operation "GET \/v1\/events"; its operations are GET [^,]+\.$/,
  ],
];

for (const [what, args, sentence] of complaints) {
  test(`${what} is exit code 3 and one sentence, and nothing is sent`, async () => {
    const recorder = await startRecorder();
    const environment = through(recorder, broken.url, broken.environment as Record<string, string>);
    const { exitCode, stdout, stderr } = await cli(['replay', ...args], { environment });
    await recorder.close();
    expect([exitCode, stdout, linesOf(stderr)]).toEqual([3, '', [expect.stringMatching(sentence)]]);
    expect(recorder.connections()).toBe(0);
  });
}

test('without key control there is nothing to decide: exit code 2, and the line says what is missing', async () => {
  const { MUFI_BASE_URL, MUFI_WRITE_KEY, MUFI_READ_KEY } = broken.environment as Record<string, string>;
  const environment = { MUFI_BASE_URL, MUFI_WRITE_KEY, MUFI_READ_KEY } as Record<string, string>;
  const { exitCode, stdout, stderr } = await cli(['replay', scenario, '--out', `${out}-none`], {
    environment,
  });
  expect([exitCode, stderr]).toEqual([2, '']);
  const [then, now, unlock] = linesOf(stdout).slice(-3);
  expect(then).toBe(`then  ○ there is no report in ${out}-none`);
  expect(now).toMatch(/^now {3}○ not tested: this run has no key-control; /);
  expect(unlock).toMatch(/^Offer key control .*MUFI_CONTROL_URL/);
});

test('a target that is gone decides nothing', async () => {
  const recorder = await startRecorder();
  await recorder.close();
  const environment = through(recorder, broken.url, broken.environment as Record<string, string>);
  const { exitCode, stdout } = await cli(['replay', scenario, '--out', out], { environment });
  expect(exitCode).toBe(2);
  expect(stdout).toMatch(/^now {3}\? inconclusive: .*refused/m);
});

test('after the fix the earlier failure is shown next to the pass, operation by operation', async () => {
  await broken.close();
  const fixed = await startReference({ port });
  const { exitCode, stdout } = await cli(['replay', scenario, '--out', out], {
    environment: fixed.environment as Record<string, string>,
  });
  await fixed.close();
  expect(exitCode, stdout).toBe(0);
  const [then, now] = linesOf(stdout).slice(-2);
  expect(then).toMatch(/^then {2}✕ fail: 20\d application\/json, accepted \((\d+) of \1 operations\); /);
  expect(now).toMatch(/^now {3}✓ pass: 401 \(\d+ operations\); /);
  // Three operations in full, one line for each of the others.
  expect(answers(stdout)).toEqual(['201', '401', '200', '401', '200', '401']);
  expect(stdout).toContain('\n14 more operations; --operation shows one in full:\n');
  expect(stdout).toContain('\n  GET /v1/version  then 200 fail, now 401 pass\n');
});
