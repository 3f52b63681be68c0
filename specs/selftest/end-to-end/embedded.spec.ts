import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, expect, test } from '@playwright/test';
import { profiles } from '../../../harness/model/index.ts';
import { renderingsOf } from '../../../harness/report/write.ts';
import { cli, conformance, leaksIn, repository, textsIn } from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';

/** Records every key that the server in the child accepts; it listens and changes nothing. */
const listener = (file: string): string => {
  const code = `import{subscribe}from'node:diagnostics_channel';import{appendFileSync}from'node:fs';
subscribe('http.server.response.finish',({request,response})=>{const{authorization=''}=request.headers;
if(response.statusCode<300&&!request.url.startsWith('/control'))appendFileSync(${JSON.stringify(file)},authorization+'\\n')})`;
  return `--import data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
};

test.describe.configure({ mode: 'default', timeout: 300_000 });

let out: string;
let keys: string[];
let run: Awaited<ReturnType<typeof conformance>>;

test.beforeAll('the matrix runs without any configuration', async () => {
  test.setTimeout(300_000);
  out = test.info().outputPath('report');
  const hidden = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const file = join(hidden, 'accepted.txt');
    run = await conformance(out, [], { environment: { NODE_OPTIONS: listener(file) } });
    const tokens = (await readFile(file, 'utf8')).matchAll(/[\w-]+\.[\w-]+\.[\w-]+/g);
    keys = [...new Set([...tokens].map(([key]) => key))];
  } finally {
    await rm(hidden, { recursive: true });
  }
});

test('the embedded server keeps the contract in over 2,000 cells with nothing left open', () => {
  const { exitCode, report } = run;
  expect(exitCode).toBe(0);
  expect(report.verdict).toBe('conformant');
  const came = new Map(report.profiles.map(({ id, claimed, verdict }) => [id, [claimed, verdict]]));
  expect([...came.keys()]).toEqual(profiles);
  for (const id of ['core', 'lifecycle', 'isolation'] as const)
    expect(came.get(id), id).toEqual([true, 'conformant']);
  expect(came.get('transport')).toEqual([false, 'not-claimed']);
  expect(report.counts.cells).toBeGreaterThan(2_000);
  expect(requirementsThat(report, 'inconclusive', 'warn', 'fail', 'known')).toEqual([]);
  const untested = report.requirements.filter(({ verdict }) => verdict === 'not-tested');
  expect([...new Set(untested.map(({ profile, reason }) => `${profile}: ${reason}`))].sort()).toEqual([
    'transport: this run has no https',
    'transport: this run has no https, plain-http',
  ]);
  expect(report.suiteFaults).toEqual([]);
});

test('a run without a server is called a demo wherever its verdict is shown, and says how to name one', async () => {
  const next = 'to test your server, set MUFI_BASE_URL, MUFI_WRITE_KEY and MUFI_READ_KEY';
  const textOf = (file: string) => readFile(join(out, file), 'utf8');
  const terminal = run.stdout.replaceAll(/\s+/g, ' ');
  expect(terminal).toContain('✓ Demo: conformant: the embedded reference server');
  expect(terminal).toContain(next);
  const page = await textOf('report.html');
  expect(page).toContain('<title>Demo: conformant:');
  expect(page).toContain('<header class="masthead known">');
  expect(page).toContain(next);
  const summary = await textOf('summary.md');
  expect(summary).toContain('## ✓ Mufi auth: demo: conformant');
  expect(summary.replaceAll('\\', '')).toContain(next);
  expect(JSON.parse(await textOf('badge.json'))).toMatchObject({
    message: expect.stringMatching(/^demo: conformant \(/),
    color: 'blueviolet',
  });
  expect(await textOf('junit.xml')).toMatch(/<testsuites name="mufi-auth-conformance demo: http/);
  expect(run.report).toMatchObject({ verdict: 'conformant', target: { embedded: true } });
});

test('harness/README.md names the size of the matrix, as it was measured, within a tenth', async () => {
  const { requirements, scenarios, cells } = run.report.counts;
  const page = (await readFile(join(repository, 'harness/README.md'), 'utf8')).replaceAll(/\s+/g, ' ');
  const size = /([\d,]+) requirements, ([\d,]+) scenarios, ([\d,]+) cells/.exec(page)?.slice(1);
  const named = (size ?? []).map((figure) => Number(figure.replaceAll(',', '')));
  expect(named).toHaveLength(3);
  for (const [index, real] of [requirements, scenarios, cells].entries()) {
    expect(named[index]! / real).toBeGreaterThan(0.9);
    expect(named[index]! / real).toBeLessThan(1.1);
  }
});

test('plan promised at least so many requests, and not far from as many', async () => {
  const { stdout } = await cli(['plan']);
  const promised = Number(/^requests +at least ([\d,]+),/m.exec(stdout)?.[1]?.replaceAll(',', ''));
  const { requests } = run.report.counts;
  expect(promised).toBeLessThanOrEqual(requests);
  expect(promised).toBeGreaterThan(requests * 0.8);
});

test('the report is a file for each rendering, and the terminal names the one for people', async () => {
  expect((await readdir(out)).sort()).toEqual(
    renderingsOf(run.report)
      .map(([name]) => name)
      .sort(),
  );
  expect(run.stdout).toContain(join(out, 'report.html'));
  expect(run.stderr).toBe('');
});

test('no key that the embedded server accepts is in a file or on the terminal', async () => {
  expect(keys.length, 'keys that the server let in').toBeGreaterThan(10);
  const texts = [...(await textsIn(out)), ['stdout', run.stdout] as const];
  expect(leaksIn(texts, keys)).toEqual([]);
});

test('report.html of a whole run opens in Chromium without a console message or a request', async () => {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    const noise: string[] = [];
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('request', (request) => noise.push(request.url()));
    const address = pathToFileURL(join(out, 'report.html')).href;
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Demo: conformant');
    expect(noise).toEqual([address]);
  } finally {
    await browser.close();
  }
});
