import { expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { ended, reportIn, start } from '../support/cli.ts';
import { startHolding } from '../support/holding.ts';

test('if npm is ended with SIGTERM, the run ends too, with a report of what was done', async () => {
  test.setTimeout(120_000);
  test.skip(process.platform === 'win32', 'there is no SIGTERM');
  const server = await startReference();
  const holding = await startHolding(server.url, 250);
  const { write, read } = server.keys;
  const environment = {
    MUFI_BASE_URL: holding.url,
    MUFI_WRITE_KEY: write,
    MUFI_READ_KEY: read,
    // Longer than this test, so a run that ends earlier did not wait for an answer.
    MUFI_TIMEOUT_MS: '600000',
  };
  const out = test.info().outputPath('report');
  const options = ['--out', out, '--depth', 'quick', '-g', '^token/'];
  try {
    const npm = start('npm', ['run', '--silent', 'conformance', '--', ...options], { environment });
    const end = ended(npm);
    await expect.poll(() => holding.held(), { timeout: 60_000 }).toBeGreaterThan(0);
    npm.kill('SIGTERM');
    await end;
    await expect.poll(() => holding.open(), { timeout: 30_000 }).toBe(0);
    await expect
      .poll(() => reportIn(out).catch(() => undefined), { timeout: 30_000 })
      .toMatchObject({
        verdict: 'partial',
        interrupted: true,
      });
  } finally {
    await holding.close();
    await server.close();
  }
});
