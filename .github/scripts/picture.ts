/**
 * `npm run picture`: the pictures of a failing report in README.md, light and dark. Starts a reference server with two
 * faults, runs the suite against it, and photographs the top of `report.html` in Chromium (`CHROMIUM`, or that of
 * Debian).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { startReference } from '../../harness/reference/start.ts';

const faults = ['old-key-accepted', 'permission-ignored'];
const size = { width: 1000, height: 1300 };
const beside = (name: string): string => fileURLToPath(new URL(`../${name}`, import.meta.url));
const root = fileURLToPath(new URL('../../', import.meta.url));

const folder = await mkdtemp(join(tmpdir(), 'conformance-picture-'));
const server = await startReference({ faults, port: 4010 });
try {
  const args = ['harness/start.mjs', 'run', '--depth', 'quick', '--out', folder];
  const env = { ...process.env, ...server.environment };
  const [exitCode] = await once(spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' }), 'close');
  if (exitCode !== 1) throw new Error(`The run ended with ${exitCode}; a failing report was expected.`);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    for (const [colorScheme, name] of [
      ['light', 'report.png'],
      ['dark', 'report-dark.png'],
    ] as const) {
      const page = await browser.newPage({ viewport: size, colorScheme });
      await page.goto(pathToFileURL(join(folder, 'report.html')).href);
      await page.screenshot({ path: beside(name) });
      await page.close();
    }
  } finally {
    await browser.close();
  }
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
