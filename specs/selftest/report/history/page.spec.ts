import { expect, type Page, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { buildHistory } from '../../../../harness/report/history/build.ts';
import { nightOf } from '../../../../harness/report/history/night.ts';
import { renderHistoryMarkdown } from '../../../../harness/report/history/render/markdown.ts';
import { renderPage } from '../../../../harness/report/history/render/page.ts';
import { axeSource, pageOpener } from '../../support/opened-page.ts';
import { cache, sevenNights } from '../../support/seven-nights.ts';

const hostile =
  '</title></style></svg>"\'><img src=x onerror="window.owned=1"><script>window.owned = true</script>\u202e\u001b[31m`|<!-- -->';

/** The seven nights with this text in every place where a report allows text. */
function poisoned(): Report[] {
  return sevenNights.map((report) => ({
    ...report,
    runId: `${report.runId} ${hostile}`,
    reason: hostile,
    ...(report.cause === undefined ? {} : { cause: hostile }),
    suite: { ...report.suite, version: hostile },
    target: {
      ...report.target,
      baseUrl: `http://target/${hostile}`,
      operations: report.target.operations.map((one) => ({ ...one, id: `${hostile}${report.runId}` })),
    },
    requirements: report.requirements.map((one) => ({
      ...one,
      id: `${one.id}${hostile}`,
      family: hostile,
      title: hostile,
      verdict: one.id === cache && one.verdict === 'fail' ? ('known' as const) : one.verdict,
    })),
    baseline: {
      file: hostile,
      entries: [
        {
          requirement: `${cache}${hostile}`,
          reason: hostile,
          owner: hostile,
          expires: hostile,
          state: 'known' as const,
          why: hostile,
          cells: 1,
        },
      ],
    },
  }));
}

const historyOf = (reports: readonly Report[]) =>
  buildHistory(
    reports.map((report) => nightOf(report, `${hostile}/report.json`)),
    [{ file: hostile, why: hostile }],
  );

const open = pageOpener();

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const [what, reports] of [
  ['the seven nights', sevenNights],
  ['the nights until one that could not decide', sevenNights.slice(0, 4)],
  ['hostile nights', poisoned()],
] as const) {
  test(`${what}: axe finds nothing in light and dark, nothing is loaded or logged, nothing runs`, async () => {
    const html = renderPage(historyOf(reports));
    expect(html).not.toMatch(/<[^>]* (style|on\w+)=/);
    const { page, requests, messages } = await open(html, { bypassCsp: true });
    await page.evaluate(() => {
      for (const details of Array.from(document.querySelectorAll('details'))) details.open = true;
    });
    await page.evaluate(axeSource);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const found = await page.evaluate(async () => {
        const { axe } = window as unknown as { axe: typeof import('axe-core') };
        const { violations, passes } = await axe.run(document);
        if (!passes.some(({ id }) => id === 'color-contrast')) return ['axe judged no contrast'];
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
      });
      expect(found).toEqual([]);
    }
    expect(await page.evaluate(() => 'owned' in window)).toBe(false);
    expect([requests, messages]).toEqual([[], []]);
  });

  test(`${what}: nothing has to be moved sideways at 390 and 1280 px`, async () => {
    const html = renderPage(historyOf(reports));
    for (const width of [390, 1280]) {
      const { page } = await open(html, { width });
      await page.evaluate(() => {
        for (const details of Array.from(document.querySelectorAll('details'))) details.open = true;
      });
      expect(await sideways(page), `${width}`).toBeLessThanOrEqual(0);
    }
  });
}

test('hostile text stays text, on the page and in Markdown', async () => {
  const history = historyOf(poisoned());
  const { page } = await open(renderPage(history));
  await expect(page.locator('script, img, iframe')).toHaveCount(0);
  expect(await page.locator('body').evaluate((body) => body.textContent ?? '')).toContain(
    '\\u{202e}\\x1b[31m',
  );
  const markdown = renderHistoryMarkdown(history);
  expect(markdown.replaceAll(/`[^`\n]*`/g, '')).not.toMatch(/<(script|img)|<!--|\u001b|\u202e/);
});

test('on paper the colours of the masthead give way to ink, and folded families are open', async () => {
  const { page } = await open(renderPage(historyOf(sevenNights)));
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.masthead').evaluate((one) => getComputedStyle(one).backgroundColor)).toBe(
    'rgba(0, 0, 0, 0)',
  );
  await expect(page.locator('.kept').first()).toBeVisible();
});

test('each chart says its figures to the ear, and has a gap for a night that could not decide', async () => {
  const { page } = await open(renderPage(historyOf(sevenNights)));
  const charts = page.locator('#charts svg');
  await expect(charts).toHaveCount(4);
  await expect(charts.first()).toHaveAttribute(
    'aria-label',
    /^Failing requirements: 0 in the last night .*from 0 to 2/,
  );
  for (const chart of await charts.all()) {
    await expect(chart.locator('line')).toHaveCount(3);
    await expect(chart.locator('circle')).toHaveCount(4);
    await expect(chart.locator('polyline')).toHaveCount(1);
  }
});
