import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { type Report, reportSchema } from '../../../harness/model/report.ts';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import { renderJson } from '../../../harness/report/render/json.ts';
import { runReference } from '../support/engine.ts';

/** One run, as programs read it and as people read it. */
let json: Report;
let page: Page;
let browser: Browser;

test.describe.configure({ mode: 'default', timeout: 120_000 });

test.beforeAll(async () => {
  const faults = ['signature-ignored', 'no-challenge', 'write-key-cannot-read'];
  const report = await runReference({ faults }, { depth: 'quick', atATime: 4 });
  json = reportSchema.parse(JSON.parse(renderJson(report)));
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  page = await browser.newPage({ javaScriptEnabled: false });
  await page.setContent(renderHtml(report));
});
test.afterAll(() => browser.close());

type Requirement = Report['requirements'][number];
type Cell = Requirement['scenarios'][number]['cells'][number];

const named = (amount: number, noun: string): string =>
  `${amount.toLocaleString('en-US')} ${noun}${amount === 1 ? '' : 's'}`;
const tried = ({ verdict }: Cell): boolean => !['not-applicable', 'not-tested'].includes(verdict);
const ownScenarios = ({ scenarios }: Requirement) => scenarios.filter(({ id }) => !id.endsWith('/elsewhere'));
const textsOf = async (selector: string): Promise<string[]> =>
  (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());

test('the masthead says what was tried and sent', async () => {
  const scenarios = json.requirements.flatMap(ownScenarios);
  const cells = scenarios.flatMap((scenario) => scenario.cells).filter(tried);
  const counted = {
    requirements: json.requirements.filter(({ scenarios: all }) => all.some((one) => one.cells.some(tried)))
      .length,
    scenarios: scenarios.filter((one) => one.cells.some(tried)).length,
    cells: cells.length,
  };
  expect(json.counts).toMatchObject(counted);
  expect(counted.scenarios, 'some scenarios are not tried, and not counted').toBeLessThan(scenarios.length);
  const facts = await textsOf('.facts dd');
  expect(facts).toContain(
    `${named(counted.requirements, 'requirement')}, ${named(counted.scenarios, 'scenario')}`,
  );
  expect(facts).toContain(`${named(counted.cells, 'cell')}, ${named(json.counts.requests, 'request')}`);
});

test('the amounts of each verdict are those of the requirements', async () => {
  for (const [verdict, amount] of Object.entries(json.counts.verdicts)) {
    expect(amount, verdict).toBe(json.requirements.filter((one) => one.verdict === verdict).length);
  }
  const failing = json.requirements.filter(({ verdict }) => verdict === 'fail');
  expect(failing.length).toBeGreaterThan(3);
  expect(await textsOf('.contents a[href="#fix"]')).toEqual([`What to fix (${failing.length})`]);
  expect(await textsOf('#fix-title small')).toEqual([
    `${named(failing.length, 'requirement')}, worst first, consequences last`,
  ]);
  expect(await textsOf('#fix > .cards > .card .id')).toHaveLength(failing.length);
  for (const name of new Set(json.requirements.map(({ family }) => family))) {
    const words = await textsOf(`.ledger tr:has(th:text-is("${name}")) .amount`);
    const own = json.requirements.filter(({ family }) => family === name);
    const sums = words.map((text) => text.match(/^(\d+) (.*)$/)?.slice(1) ?? []);
    for (const [amount, word] of sums) {
      expect(own.filter(({ verdict }) => verdict === word?.replace(' ', '-'))).toHaveLength(Number(amount));
    }
    expect(
      sums.reduce((sum, [amount]) => sum + Number(amount), 0),
      name,
    ).toBe(own.length);
  }
});

test('each card says on how many operations its requirement fails, of those tried, and in how many scenarios', async () => {
  for (const { id, scenarios } of json.requirements.filter(({ verdict }) => verdict === 'fail')) {
    const failing = scenarios.filter(({ verdict }) => verdict === 'fail');
    const hit = failing.flatMap(({ cells }) => cells.filter((cell) => cell.verdict === 'fail'));
    const operations = (cells: readonly Cell[]): number =>
      new Set(cells.map(({ operation }) => operation)).size;
    const all = scenarios.flatMap(({ cells }) => cells).filter(tried);
    const shown = failing.length === 1 ? '' : `, shown by ${named(failing.length, 'scenario')}`;
    const [reach] = await textsOf(`.card:has(.id:text-is("${id}")) > .reach`);
    expect(reach?.replace(/^.* on /, ''), id).toBe(
      `${operations(hit)} of ${named(operations(all), 'operation')}${shown}`,
    );
  }
});

test('the catalogue counts the cells of every scenario, and the matrix has a row for every requirement', async () => {
  const entries = await page.locator('.entry').evaluateAll((articles) =>
    articles.map((article) => ({
      id: article.querySelector('.id')?.textContent,
      shares: Array.from(article.querySelectorAll('.share'), (share) => share.textContent ?? ''),
    })),
  );
  expect(entries.map(({ id }) => id)).toEqual(json.requirements.map(({ id }) => id));
  for (const [index, { shares }] of entries.entries()) {
    const wanted = json.requirements[index]!.scenarios.map(({ cells }) => cells.length);
    expect(shares.map((share) => Number(/^([\d,]+) cell/.exec(share)?.[1] ?? 0))).toEqual(wanted);
  }
  await expect(page.locator('#matrix-table tr[data-place]')).toHaveCount(json.requirements.length);
});

test('what was not decided and not tested is counted as in the data', async () => {
  const undecided = json.requirements.filter(({ verdict }) => verdict === 'inconclusive').length;
  const shares = await textsOf('#undecided .share');
  const sum = shares.reduce((total, share) => total + Number(share.split(' ')[0]), 0);
  expect(sum).toBe(undecided);
  const untested = json.notTested.map(({ requirements }) => requirements.length);
  const said = (await textsOf('#untested .share')).map((share) =>
    (share.match(/\d+/g) ?? []).reduce((total, amount) => total + Number(amount), 0),
  );
  expect(said).toEqual(untested);
  expect(untested.length).toBeGreaterThan(0);
});
