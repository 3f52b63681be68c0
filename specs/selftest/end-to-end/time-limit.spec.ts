import { createServer, request } from 'node:http';
import { expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { conformance, linesOf } from '../support/cli.ts';
import { listening } from '../support/server.ts';

test('a run against a slow target ends at the time limit, with what was found by then', async () => {
  test.setTimeout(180_000);
  const reference = await startReference({ faults: ['signature-ignored'] });
  const slow = createServer((incoming, outgoing) => {
    const { method, url = '', rawHeaders } = incoming;
    const onward = request(
      reference.url,
      { path: url, method, headers: rawHeaders as unknown as [] },
      (answer) => {
        setTimeout(() => {
          outgoing.writeHead(answer.statusCode ?? 0, answer.rawHeaders);
          answer.pipe(outgoing);
        }, 300);
      },
    );
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  const { url, close } = await listening(slow);
  try {
    const args = ['--time-limit', '0.5', '-g', '^token/'];
    const { exitCode, stdout, report } = await conformance(test.info().outputPath('report'), args, {
      environment: {
        MUFI_BASE_URL: url,
        MUFI_WRITE_KEY: reference.keys.write,
        MUFI_READ_KEY: reference.keys.read,
      },
    });
    expect([exitCode, report.verdict, report.interrupted]).toEqual([2, 'partial', true]);
    expect(report.reason).toMatch(
      /^the run reached its time limit of 0\.5 minutes after \d+ of \d+ scenarios/,
    );
    expect(report.reason).toContain('; until then the target ');
    expect(linesOf(stdout).join(' ')).toContain('✕ MUST  token/');
    expect(report.durationMs).toBeLessThan(90_000);
  } finally {
    await close();
    await reference.close();
  }
});
