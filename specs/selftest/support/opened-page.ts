import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page, test } from '@playwright/test';

/** The source of axe, to run in a page. */
export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const address = 'http://page.test/page.html';

/** How to open a page; by default light, with scripts, 1280 pixels wide, with its own content security policy. */
export interface Opening {
  readonly scheme?: 'light' | 'dark';
  readonly javaScript?: boolean;
  readonly width?: number;
  readonly bypassCsp?: boolean;
}

/** The page, with everything that it tried to load and to log. */
export interface OpenedPage {
  readonly page: Page;
  readonly requests: string[];
  readonly messages: string[];
}

/** Opens pages in a browser that stays open for the tests of the file. Only the page itself is loaded. */
export function pageOpener(): (html: string, opening?: Opening) => Promise<OpenedPage> {
  let browser: Browser;
  test.beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  });
  test.afterAll(() => browser.close());
  return async (html, opening = {}) => {
    const context = await browser.newContext({
      colorScheme: opening.scheme ?? 'light',
      javaScriptEnabled: opening.javaScript ?? true,
      viewport: { width: opening.width ?? 1280, height: 900 },
      bypassCSP: opening.bypassCsp ?? false,
    });
    const page = await context.newPage();
    const requests: string[] = [];
    const messages: string[] = [];
    page.on('console', (message) => messages.push(message.text()));
    page.on('pageerror', (error) => messages.push(error.message));
    await page.route('**/*', async (route) => {
      const url = route.request().url();
      if (url === address) return route.fulfill({ contentType: 'text/html', body: html });
      requests.push(url);
      return route.abort();
    });
    await page.goto(address);
    return { page, requests, messages };
  };
}
