import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { loadDocument } from '../../../harness/engine/configuration/operations.ts';
import { writeCollection } from '../../../harness/proof/benchmark/collection.ts';
import { startDelay } from '../../../harness/proof/benchmark/delay.ts';
import { writeScaledDocument } from '../../../harness/proof/benchmark/document.ts';
import { type Figures, figuresOf, withFigures } from '../../../harness/proof/benchmark/figures.ts';
import { measure } from '../../../harness/proof/benchmark/measure.ts';
import { type RecordedRequest, startRecorder } from '../../../harness/proof/benchmark/recorder.ts';
import { startReference } from '../../../harness/reference/start.ts';

let folder = '';
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-bench-test-'));
});
test.afterAll(() => rm(folder, { recursive: true, force: true }));

test('a document of four times the operations is served by the target of the benchmark', async () => {
  const file = join(folder, 'openapi.json');
  await writeScaledDocument(4, file);
  const ids = loadDocument(file).operations.map(({ id }) => id);
  const once = loadDocument(undefined).operations.length;
  // The copies leave out the operation that needs the id of a product.
  const all = 4 * once - 3;
  expect([ids.length, new Set(ids).size]).toEqual([all, all]);
  const versions = ids.filter((id) => id.endsWith('/version'));
  expect(versions).toHaveLength(4);
  const reference = await startReference({ variants: ['repeated-paths'] });
  try {
    const headers = { Authorization: `Bearer ${reference.keys.read}` };
    for (const id of versions) {
      const url = reference.url + id.replace('GET ', '');
      expect([(await fetch(url, { headers })).status, (await fetch(url)).status]).toEqual([200, 401]);
    }
    const headersOfNone = await fetch(`${reference.url}/v1/other-2/version`, { headers });
    expect(headersOfNone.status).toBe(404);
  } finally {
    await reference.close();
  }
});

test('what passes the recorder becomes a collection with a test of the status', async () => {
  const reference = await startReference();
  const list: RecordedRequest[] = [];
  const recorder = await startRecorder(reference.url, list);
  try {
    const answer = await fetch(`${recorder.url}/v1/users/fetch?a=1`, {
      method: 'POST',
      headers: { Authorization: 'Bearer nonsense', 'Content-Type': 'application/json' },
      body: '{"limit":1}',
    });
    expect(answer.status).toBe(401);
  } finally {
    recorder.close();
    await reference.close();
  }
  const [{ method, url, headers, body, status }] = list as [RecordedRequest];
  expect({ method, url, body, status }).toEqual({
    method: 'POST',
    url: `${reference.url}/v1/users/fetch?a=1`,
    body: '{"limit":1}',
    status: 401,
  });
  const names = headers.map(([name]) => name.toLowerCase());
  expect(names).toEqual(expect.arrayContaining(['authorization', 'content-type']));
  expect(names).not.toContain('content-length');
  const file = join(folder, 'collection.json');
  await writeCollection(list, true, file);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    item: [
      {
        request: { method: 'POST', url, body: { raw: '{"limit":1}' } },
        event: [{ listen: 'test', script: { exec: [expect.stringContaining('status(401)')] } }],
      },
    ],
  });
});

test('a target behind a delay answers after the round trip, byte by byte the same', async () => {
  const reference = await startReference();
  const delay = await startDelay(reference.url, 40);
  expect(delay.firstMs).toBeUndefined();
  try {
    const headers = { Authorization: `Bearer ${reference.keys.read}` };
    const started = performance.now();
    const far = await fetch(`${delay.url}/v1/version`, { headers });
    expect(performance.now() - started).toBeGreaterThanOrEqual(79);
    expect(delay.firstMs).toBeGreaterThanOrEqual(started);
    expect(await far.text()).toBe(await (await fetch(`${reference.url}/v1/version`, { headers })).text());
  } finally {
    delay.close();
    await reference.close();
  }
});

test('a program is measured together with what it starts', async () => {
  test.skip(process.platform !== 'linux', 'needs bash and /proc');
  const idle = 'setTimeout(() => {}, 400)';
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(idle)}]);
    process.exitCode = 7; console.log('out'); console.error('error');`;
  const measured = await measure({ program: process.execPath, args: ['-e', parent] });
  expect(measured).toMatchObject({ exitCode: 7, output: 'out\nerror\n' });
  expect(measured.memoryMiB).toBeGreaterThan(measured.largestMiB);
  expect(measured.memoryMiB).toBeLessThan(2 * measured.largestMiB);
  expect(measured.cpuSeconds).toBeGreaterThan(0);
});

test('the figures go between the marks of harness/README.md and nowhere else', async () => {
  const took = { exitCode: 0, wallSeconds: 10, cpuSeconds: 5, memoryMiB: 300, largestMiB: 200, output: '' };
  const sizes = { htmlBytes: 400_000, jsonBytes: 10_000_000 };
  const suite = { ...took, ...sizes, requests: 8000, times: 1, scenarios: 400, cells: 6000 };
  const floor = { ...took, requests: 16_000 };
  const checked = { ...took, requests: 1600 };
  const figures: Figures = {
    scales: [
      { suite, undici: floor, checked, leftOut: 222 },
      {
        suite: { ...suite, times: 4, wallSeconds: 30, cells: 24_000, requests: 30_000 },
        undici: floor,
        leftOut: 888,
      },
    ],
    unchecked: { ...took, requests: 4000 },
    empty: took,
    quick: { ...suite, requests: 900, roundTripMs: 0, depth: 'quick', startSeconds: 1.5 },
    far: [{ ...suite, wallSeconds: 60, roundTripMs: 80, depth: 'full', startSeconds: 1.5 }],
    slow: { ...took, requests: 1000, wallSeconds: 100, roundTripMs: 80 },
  };
  const text = figuresOf(figures);
  expect(text).toContain('5.0 times as fast as newman with tests, 2.0 times as fast as newman without');
  expect(text).toContain('undici is 2.0 times as fast as the suite');
  expect(text).toContain('| 4x | 24,000 | 800 | 30.0 s |');
  expect(text).toContain('| 1x | 5.0 times | 2.0 times | 10.0 s, 300 MiB | 10.0 s, 300 MiB |');
  expect(text).toContain('| 4x | not run | 1.6 times | not run | 10.0 s, 300 MiB |');
  expect(text).toContain(
    '900 requests in 10.0 s from start to end of the command, of which 1.5 s are before',
  );
  expect(text).toContain('| 80 ms | full | 8,000 | 60.0 s | 1.5 s | 40.0 s | 1.50 | 1.46 |');
  expect(text).toContain('newman, 1,000 of the same requests at 80 ms: 100.0 s, 10 requests/s.');
  const readme = 'before\n<!-- bench -->\nold\n<!-- /bench -->\nafter\n';
  expect(withFigures(readme, text)).toBe(`before\n<!-- bench -->\n\n${text}\n\n<!-- /bench -->\nafter\n`);
  expect(() => withFigures('no marks', text)).toThrow('<!-- bench -->');
  const own = await readFile(new URL('../../../harness/README.md', import.meta.url), 'utf8');
  expect(() => withFigures(own, text)).not.toThrow();
});
