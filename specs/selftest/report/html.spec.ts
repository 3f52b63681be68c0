import { expect, type Page, test } from '@playwright/test';
import { renderHtml } from '../../../harness/report/render/html/document.ts';
import type { SampleVariant } from '../samples/report-cells.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { axeSource, pageOpener } from '../support/opened-page.ts';

const open = pageOpener();

const sample = (variant: SampleVariant): string => renderHtml(sampleReport(variant));

/** The first two contain every kind of element; the others lack some, or have another order. */
for (const variant of ['failing', 'hostile', 'conformant', 'stopped', 'partial'] as const) {
  const tag = variant === 'failing' || variant === 'hostile' ? [] : ['@thorough'];
  test(`${variant} report: axe finds nothing serious in light and dark, nothing is loaded or logged`, {
    tag,
  }, async () => {
    const { page, requests, messages } = await open(sample(variant), { bypassCsp: true });
    await page.evaluate(() => {
      for (const details of Array.from(document.querySelectorAll('details'))) details.open = true;
    });
    await page.evaluate(withoutRepetition, '#matrix-table tr[data-place], .entry, .card, .scenario');
    await page.evaluate(axeSource);
    expect(await found(page)).toEqual([]);
    const wide = page.viewportSize();
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await found(page), '390 px wide').toEqual([]);
    if (wide !== null) await page.setViewportSize(wide);
    // Only the contrast rule depends on the colour scheme.
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await found(page, 'color-contrast')).toEqual([]);
    expect(messages).toEqual([]);
    expect(requests).toEqual([]);
  });
}

/** Keeps one of several elements with the same structure: axe judges elements, not their text. */
function withoutRepetition(selector: string): void {
  const seen = new Set<string>();
  for (const element of Array.from(document.querySelectorAll(selector))) {
    const inside = Array.from(element.querySelectorAll('*'), ({ tagName, className }) => tagName + className);
    const kind = [element.tagName, element.className, ...[...new Set(inside)].sort()].join();
    if (seen.has(kind)) element.remove();
    seen.add(kind);
  }
}

/** What axe finds in a page, with one rule or with all. */
function found(page: Page, rule?: string): Promise<string[]> {
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const { violations, passes } = await axe.run(document, only === undefined ? {} : { runOnly: [only] });
    if (!passes.some(({ id }) => id === 'color-contrast')) return ['axe judged no contrast'];
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  }, rule);
}

test('the policy of the page lets its own style and script run and nothing else', async () => {
  const { page, requests, messages } = await open(sample('failing'));
  await expect(page.locator('html')).toHaveClass('js');
  expect(await page.locator('body').evaluate((body) => getComputedStyle(body).marginTop)).toBe('0px');
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.owned = true';
    document.body.append(script);
  });
  expect(await page.evaluate(() => 'owned' in window)).toBe(false);
  expect(messages.every((message) => message.includes('Content Security Policy'))).toBe(true);
  expect(requests).toEqual([]);
});

test('no element carries a style or an event handler of its own', () => {
  expect(sample('failing')).not.toMatch(/<[^>]* (style|on\w+)=/);
});

test('hostile text stays text', async () => {
  const { page } = await open(sample('hostile'));
  expect(await page.evaluate(() => 'owned' in window)).toBe(false);
  await expect(page.locator('img, iframe, object, embed')).toHaveCount(0);
  await expect(page.locator('script')).toHaveCount(1);
  await expect(page.locator('a[href^="javascript:"]')).toHaveCount(0);
  const text = await page.locator('body').evaluate((body) => body.textContent ?? '');
  expect(text).toContain('<script>window.owned = true</script>');
  expect(text).toContain('\\u{202e}');
  expect(text).toContain('\\x1b[31m');
  expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200f\u061c\u001b\u0000\u009b]/);
});

test('the baseline names state, reason, owner and day of every entry', async () => {
  const { page } = await open(sample('hostile'));
  const rows = page.locator('#baseline tbody tr');
  await expect(rows.locator('td:first-child .mark')).toHaveText([/stale/, /expired/, /known/, /not judged/]);
  for (const row of await rows.all()) {
    await expect(row).toContainText('the gateway is replaced');
    await expect(row).toContainText('gateway team');
    await expect(row).toContainText('2026-12-31');
  }
  await expect(page.getByRole('link', { name: 'Baseline (2 out of date)' })).toBeVisible();
  await expect((await open(sample('failing'))).page.locator('#baseline')).toHaveCount(0);
});

test('the verdict, its reason and the worst failures are in the first screen', async () => {
  const { page } = await open(sample('failing'));
  for (const locator of [
    page.getByRole('heading', { level: 1, name: 'Nonconformant' }),
    page.getByText('8 MUST requirements fail'),
    page.locator('.worst').getByRole('link', { name: 'token/signature-verified' }),
  ]) {
    await expect(locator).toBeInViewport();
  }
});

test('failures come as one card a requirement, worst first', async () => {
  const { page } = await open(sample('failing'));
  const ids = await page.locator('#fix > .cards > .card .id').allTextContents();
  expect(ids).toEqual([
    'token/signature-verified',
    'token/algorithm-none',
    'regeneration/old-key-dead',
    'permissions/no-trace',
    'token/key-id',
    'permissions/read-key-forbidden',
    'permissions/read-key-reads',
    'contract/json',
  ]);
  const first = page.locator('.card').first();
  await expect(first).toContainText('16 of 16 operations');
  for (const label of ['sent', 'expected', 'actual', 'control']) {
    await expect(first.locator('dt', { hasText: label }).first()).toBeVisible();
  }
  await expect(first.locator('.replay pre').first()).toContainText('curl');
});

test('a run that stopped early names its cause once and shows nothing red', async () => {
  const { page } = await open(sample('stopped'));
  await expect(page.locator('.reason')).toContainText('found nobody at');
  await expect(page.locator('#fix, .card, .bad')).toHaveCount(0);
  await expect(
    page.locator('table, #undecided, #matrix, .ledger, .profiles, #catalogue, .contents'),
  ).toHaveCount(0);
  const next = page.getByRole('region', { name: 'What to do' });
  await expect(next).toContainText('Repair what the cause names, then run again. npm run -s doctor asks');
  expect(await page.getByRole('heading').allTextContents()).toEqual([
    expect.stringContaining('Inconclusive'),
    'What to do',
    'This run',
    'Settings',
    'Suite',
  ]);
  const places = await page
    .locator('a[href^="#"]')
    .evaluateAll((links) =>
      links.filter((link) => !document.querySelector(`[id="${link.getAttribute('href')?.slice(1)}"]`)),
    );
  expect(places, 'links to what is not there').toEqual([]);
});

test('the masthead and the list of the worst say the sentence of what is not kept', async () => {
  const broken = { ...sampleReport('failing'), suiteFaults: ['the suite failed'] };
  const { page } = await open(renderHtml(broken));
  const sentence = await page.locator('.card h3').first().textContent();
  await expect(page.locator('#broken')).toHaveText(`Broken requirement: ${sentence}`);
  // Otherwise the reason of the verdict says it.
  expect(sample('failing')).not.toContain('Broken requirement');
  await expect(page.locator('.worst li').first()).toContainText(`${sentence}`);
});

test('the filter keeps what matches by text, family and verdict', async () => {
  const { page } = await open(sample('failing'));
  const rows = page.locator('#matrix-table tr[data-place]:visible');
  await expect(rows).toHaveCount(71);
  await page.getByLabel('Search').fill('signature');
  await expect(page.locator('#filter-count')).toHaveText(/^2 of 71/);
  await page.getByLabel('Search').fill('');
  await page.getByLabel('Family').selectOption('permissions');
  await expect(rows).toHaveCount(9);
  await page.getByRole('checkbox', { name: 'pass' }).uncheck();
  await expect(rows).toHaveCount(3);
  await expect(page.locator('#matrix-table tr.family:visible')).toHaveCount(1);
});

test('arrow keys move through the matrix and Enter opens the card', async () => {
  const { page } = await open(sample('failing'));
  const cell = page.locator('#matrix-table td[tabindex="0"]');
  await expect(cell).toHaveCount(1);
  await page.getByLabel('Search').fill('signature-verified');
  await cell.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('#readout')).toHaveText(
    'token/signature-verified @ POST /v1/users/profile: fail, 7 of 7 scenarios',
  );
  await page.keyboard.press('End');
  await expect(page.locator('#readout')).toContainText('@ POST /v1/products/{id}/transfer');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { name: 'A key whose signature does not verify' }).first();
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
});

test('Enter on what passed opens its place in the catalogue', async () => {
  const { page } = await open(sample('failing'));
  await page.getByLabel('Search').fill('scheme-bearer');
  await page.locator('#matrix-table td[tabindex="0"]').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('[id="about-presentation/scheme-bearer"]')).toBeVisible();
});

test('the copy button copies the command', async () => {
  const { page } = await open(sample('failing'));
  const figure = page.locator('.replay').first();
  await figure.getByRole('button').click();
  await expect(figure.getByRole('button')).toHaveText('Copied');
});

test('without a script everything can be read and no control is useless', async () => {
  const { page } = await open(sample('failing'), { javaScript: false });
  await expect(page.locator('#filter')).toBeHidden();
  await expect(page.locator('button')).toHaveCount(0);
  await expect(page.locator('#matrix-table tr[data-place]')).toHaveCount(71);
  const other = page.locator('.scenario').first();
  await expect(other.locator('.evidence')).toBeHidden();
  await other.locator('summary').first().click();
  await expect(other.locator('.evidence')).toBeVisible();
});

test('on paper folded parts are open and controls are gone', async () => {
  const { page } = await open(sample('failing'), { javaScript: false });
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.scenario .evidence').first()).toBeVisible();
  await expect(page.locator('.entry').first()).toBeVisible();
  await expect(page.locator('.contents')).toBeHidden();
  const height = await page
    .locator('.scenario .evidence')
    .first()
    .evaluate((element) => element.clientHeight);
  expect(height).toBeGreaterThan(50);
});

test('a narrow screen is never scrolled sideways', async () => {
  for (const variant of ['failing', 'hostile'] as const) {
    const { page } = await open(sample(variant), { width: 360 });
    await page.evaluate(() => {
      for (const details of Array.from(document.querySelectorAll('details'))) details.open = true;
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  }
});

test('3,000 cells of hostile failures stay under 3 MB', () => {
  for (const variant of ['failing', 'hostile'] as const) {
    const report = sampleReport(variant, 4);
    expect(report.counts.cells).toBeGreaterThan(3000);
    expect(Buffer.byteLength(renderHtml(report))).toBeLessThan(3_000_000);
  }
});
