import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { type Report, reportSchema } from '../../../harness/model/report.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { renderBadge } from '../../../harness/report/render/badge.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderJUnit } from '../../../harness/report/render/junit.ts';
import { linesOf } from '../../../harness/report/render/plain.ts';
import { renderSummary } from '../../../harness/report/render/summary.ts';
import { renderTerminal } from '../../../harness/report/render/terminal.ts';
import { shownLevel } from '../../../harness/report/render/words.ts';
import { appendSummary, renderingsOf, writeReport } from '../../../harness/report/write.ts';
import { sampleBaseline } from '../samples/report-baseline.ts';
import { sampleReport } from '../samples/report-sample.ts';

const terminal = (report: Report, color = false, columns = 100): string =>
  renderTerminal(report, { color, columns, reportPath: 'reports/latest/report.html' });

/** What JUnit readers see: the verdict element of each case, by name. */
async function parsed(xml: string): Promise<{ error: string | undefined; cases: Record<string, string> }> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  try {
    const page = await browser.newPage();
    return await page.evaluate((text) => {
      const document = new DOMParser().parseFromString(text, 'application/xml');
      const cases = Array.from(document.querySelectorAll('testcase')).map((element) => [
        element.getAttribute('name') ?? '',
        element.firstElementChild?.tagName ?? 'passed',
      ]);
      return {
        error: document.querySelector('parsererror')?.textContent ?? undefined,
        cases: Object.fromEntries(cases),
      };
    }, xml);
  } finally {
    await browser.close();
  }
}

test('the failure block says what was sent, expected and received, and how to fix and replay it', () => {
  const [first] = fixesOf(sampleReport('failing')).failing;
  const lines = linesOf(first!.blocks[0]!);
  expect(lines.map(([label]) => label)).toEqual(['sent', 'expected', 'actual', 'control', 'fix', 'replay']);
  const block = Object.fromEntries(lines);
  expect(block.sent).toBe('POST /v1/users/create, write key, one bit of the signature flipped');
  expect(block.expected).toBe('401');
  expect(block.actual).toBe('201 application/json, accepted');
  expect(block.control).toBe('the unmodified write key got 200 before and 200 after');
  expect(block.fix).toBe('verify the signature with a fixed list of algorithms before you read any claim');
  expect(block.replay).toContain('curl');
});

test('a run that the target slowed down says so, with the lowest rate, in every text', () => {
  const words =
    'The target answered 429 or 503 to many requests, so the run slowed down, at times to 3.5 requests a second.';
  const report = sampleReport('failing');
  const textsOf = (one: Report): string[] =>
    [terminal(one, false, 1000), renderSummary(one), renderHtml(one)].map((text) =>
      text.includes(words) ? 'says so' : 'does not say so',
    );
  expect(textsOf({ ...report, slowestPerSecond: 3.5 })).toEqual(['says so', 'says so', 'says so']);
  expect(textsOf(report)).toEqual(['does not say so', 'does not say so', 'does not say so']);
});

test('a finding that says more than the answer is shown with it', () => {
  const json = fixesOf(sampleReport('failing')).failing.find(
    ({ requirement }) => requirement.id === 'contract/json',
  );
  expect(linesOf(json!.blocks[0]!)).toContainEqual([
    'found',
    'the content type of 401 is "text/html", not application/json',
  ]);
});

test('MUST comes before SHOULD, then the worst kind, then the widest reach', () => {
  const report = sampleReport('failing');
  const strict: Report = {
    ...report,
    requirements: report.requirements.map((requirement) =>
      requirement.verdict === 'warn' ? { ...requirement, verdict: 'fail' as const } : requirement,
    ),
  };
  const { failing } = fixesOf(strict);
  expect(failing.map(({ requirement }) => requirement.level)).toEqual([
    ...Array.from({ length: 8 }, () => 'MUST'),
    'SHOULD',
    'SHOULD',
  ]);
  expect(failing[0]!.kind).toBe('let-in');
  expect(failing.at(-1)!.kind).toBe('unsafe-header');
});

test('the terminal ends with verdict, figures and the path of the report', () => {
  const lines = terminal(sampleReport('failing')).trimEnd().split('\n');
  expect(lines.at(-1)).toBe('  reports/latest/report.html');
  expect(lines.at(-2)).toMatch(/71 requirements, 156 scenarios, .* cells, .* requests, 41\.2 s/);
  expect(lines.join('\n')).toContain('✕ Nonconformant: 8 MUST requirements fail');
});

test('the terminal shows ten failures and counts the rest', () => {
  const report = sampleReport('failing');
  const failed = report.requirements.find(({ id }) => id === 'token/signature-verified')!;
  const many = Array.from({ length: 13 }, (_, index) => ({ ...failed, id: `token/signature-${index}` }));
  const text = terminal({ ...report, requirements: many });
  expect(text.match(/^✕ MUST/gm)).toHaveLength(10);
  expect(text).toContain('and 3 more in the report');
});

test('the terminal names every warning, ten of them and the rest as a figure, on a conformant run as well', () => {
  const report = sampleReport('conformant');
  const passed = report.requirements.find(({ level }) => level === 'SHOULD')!;
  const warned = (amount: number): Report => ({
    ...report,
    requirements: Array.from({ length: amount }, (_, index) => ({
      ...passed,
      id: `contract/warned-${index}`,
      title: `Sentence ${index}.`,
      verdict: 'warn' as const,
    })),
  });
  const few = terminal(warned(2));
  expect(few).toMatch(
    /^! SHOULD contract\/warned-0: Sentence 0\.\n! SHOULD contract\/warned-1: Sentence 1\.\n\n/m,
  );
  expect(few).not.toContain('more in the report');
  const many = terminal(warned(13));
  expect(many.match(/^! SHOULD /gm)).toHaveLength(10);
  expect(many).toContain('  and 3 more in the report');
  expect(terminal({ ...report, requirements: [] })).not.toContain('! SHOULD');
});

test('a run that stopped early prints its cause once and no failure', () => {
  const text = terminal(sampleReport('stopped'));
  expect(text.replace(/\s+/g, ' ').match(/found nobody at/g)).toHaveLength(1);
  expect(text).not.toContain('✕');
});

test('nothing from a target reaches the terminal as an instruction', () => {
  expect(terminal(sampleReport('hostile'))).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200f\u202a-\u202e\u2066-\u2069\ufeff]/,
  );
  const colored = terminal(sampleReport('hostile'), true).replace(/\u001b\[\d+m/g, '');
  expect(colored).not.toContain('\u001b');
  expect(colored).toContain('\\x1b]0;title\\x07');
});

test('lines of the terminal keep to its width, apart from commands to copy', () => {
  const lines = terminal(sampleReport('failing'), false, 80).split('\n');
  expect(lines.filter((line) => line.length > 80 && !line.includes('replay'))).toEqual([]);
});

test('JUnit holds one case a requirement and one an operation that is not there', async () => {
  const report = { ...sampleReport('failing'), suiteFaults: ['a procedure threw'] };
  const { error, cases } = await parsed(renderJUnit(report));
  expect(error).toBeUndefined();
  expect(Object.keys(cases)).toHaveLength(73);
  expect(cases['token/signature-verified']).toBe('failure');
  expect(cases['hygiene/cors']).toBe('system-out');
  expect(cases['token/large']).toBe('error');
  expect(cases['expiry/ten-years']).toBe('skipped');
  expect(cases['token/structure']).toBe('passed');
  expect(cases['suite fault 1']).toBe('error');
});

test('JUnit of hostile text is well-formed', async () => {
  const { error, cases } = await parsed(renderJUnit(sampleReport('hostile')));
  expect(error).toBeUndefined();
  expect(Object.keys(cases)).toHaveLength(74);
});

test('the summary of a run that decided nothing is its cause and what to do, without a table', () => {
  const summary = renderSummary(sampleReport('stopped'));
  expect(summary).toMatch(/^## \? Mufi auth: inconclusive\n\n\*\*The run stopped early: /);
  expect(summary).toContain('Repair what the cause names, then run again. `npm run -s doctor` asks');
  expect(summary).not.toMatch(/^\||<details>|^###/m);
  expect(summary.trimEnd().split('\n\n')).toHaveLength(4);
});

test('the summary has verdict, profiles, failures and what unlocks the rest', () => {
  const summary = renderSummary(sampleReport('failing'));
  expect(summary).toMatch(/^## ✕ Mufi auth: nonconformant/);
  expect(summary).toContain('| core | ✕ nonconformant |');
  expect(summary).toContain(
    '| MUST: A key whose signature does not verify is rejected with 401. (`token/signature-verified`) | ',
  );
  expect(summary).toContain('`MUFI_CONTROL_URL`');
  expect(summary).toContain('the target answers 429 again and again');
});

test('entries of the baseline are in every text, those that gate first', async () => {
  const report = { ...sampleReport('conformant'), baseline: sampleBaseline((plain) => plain) };
  const text = terminal(report);
  expect(text.match(/^[✕◐] baseline \S+/gm)).toHaveLength(3);
  expect(text).toContain('is stale: what is said of it (gateway team, until');
  const rows = renderSummary(report)
    .split('\n')
    .filter((line) => /^\| [✕◐○] (stale|expired|known|not judged) \|/.test(line));
  expect(rows).toHaveLength(4);
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(7);
  const suite = renderJUnit(report).split('<testsuite name="baseline"')[1] ?? '';
  expect(suite).toMatch(/^ tests="4" failures="2" errors="0" skipped="1">/);
  expect(suite.match(/<(failure|system-out|skipped)/g)).toEqual([
    '<failure',
    '<failure',
    '<system-out',
    '<skipped',
  ]);
});

test('hostile text is neither markup nor a table cell of the summary', () => {
  const summary = renderSummary(sampleReport('hostile'));
  expect(summary.replace(/<\/?(details|summary)>/g, '')).not.toMatch(/[<>]/);
  expect(summary).not.toMatch(/(?<!\\)\[link\](?!\\)/);
  const rows = summary.split('\n').filter((line) => line.startsWith('| MUST'));
  expect(rows).toHaveLength(8);
  for (const row of rows) expect(row.match(/(?<!\\)\|/g)).toHaveLength(5);
});

test('the badge carries the verdict and a colour', () => {
  const badges = (['conformant', 'failing', 'stopped', 'partial'] as const).map((variant) =>
    JSON.parse(renderBadge(sampleReport(variant))),
  );
  expect(badges.map(({ color }) => color)).toEqual(['brightgreen', 'red', 'lightgrey', 'yellow']);
  expect(badges[0].message).toBe(
    'conformant (core, lifecycle, isolation, transport), 16 of 17 operations; without GET /v1/events',
  );
  expect(badges[1].message).toBe('nonconformant, 8 requirements failing');
});

test('writing a report makes the directory, a file for each rendering and the step summary', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'mufi-report-'));
  const stepSummary = join(directory, 'step.md');
  await writeFile(stepSummary, 'before\n');
  const report = sampleReport('failing');
  const paths = await writeReport(report, join(directory, 'out', 'latest'));
  await appendSummary(report, stepSummary);
  const written = (await readdir(join(directory, 'out', 'latest'))).sort();
  expect(written).toEqual(
    renderingsOf(report)
      .map(([name]) => name)
      .sort(),
  );
  expect(written).toEqual(
    expect.arrayContaining(['badge.json', 'junit.xml', 'report.html', 'report.json', 'summary.md']),
  );
  expect(reportSchema.parse(JSON.parse(await readFile(paths.json, 'utf8')))).toEqual(report);
  expect(await readFile(stepSummary, 'utf8')).toBe(`before\n${await readFile(paths.summary, 'utf8')}\n`);
});

test('a command too long for people is named, not cut', () => {
  const report = sampleReport('failing');
  const exchanges = report.exchanges.map((exchange) => ({ ...exchange, replay: 'curl '.repeat(2000) }));
  const [first] = fixesOf({ ...report, exchanges }).failing;
  expect(linesOf(first!.blocks[0]!).at(-1)).toEqual([
    'replay',
    `the command is in report.json, exchange ${first!.blocks[0]!.exchanges[0]!.id}`,
  ]);
});

test('what failed before a run stopped early is not hidden by the cause', () => {
  const text = terminal({ ...sampleReport('failing'), cause: 'nobody answers any more' });
  expect(text).toContain('token/signature-verified');
});

test('a warning is shown as SHOULD, because it breaks no MUST, also where its requirement is one', () => {
  expect(shownLevel({ level: 'MUST', verdict: 'warn' })).toBe('SHOULD');
  expect(shownLevel({ level: 'MUST', verdict: 'fail' })).toBe('MUST');
  expect(shownLevel({ level: 'SHOULD', verdict: 'fail' })).toBe('SHOULD');
});
