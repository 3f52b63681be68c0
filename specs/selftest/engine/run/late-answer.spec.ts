import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { requirementsThat, runEngine } from '../../support/engine.ts';
import { behind } from '../../support/front.ts';

/** A run of one scenario, in which this many requests without a key for the version get no answer. */
async function unanswered(times: number): Promise<{ readonly report: Report; readonly lost: number }> {
  const server = await startReference();
  const { write, read } = server.keys;
  let lost = 0;
  const report = await behind(
    server.url,
    ({ headers, url }) => {
      if (headers.authorization !== undefined || url !== '/v1/version' || lost >= times) return undefined;
      lost += 1;
      return new Promise(() => undefined);
    },
    (url) =>
      runEngine(
        { MUFI_BASE_URL: url, MUFI_WRITE_KEY: write, MUFI_READ_KEY: read, MUFI_TIMEOUT_MS: '3000' },
        { depth: 'quick', scenarios: /^presentation\/key-required\/no-header$/ },
      ),
  ).finally(() => server.close());
  return { report, lost };
}

test('a request without an answer in time is sent once more, and the second answer decides', async () => {
  const { report, lost } = await unanswered(1);
  expect(lost).toBe(1);
  expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([]);
  expect(requirementsThat(report, 'pass')).toContain('presentation/key-required');
});

test('a request without an answer in time twice decides nothing, and is not sent again', async () => {
  const { report, lost } = await unanswered(Number.POSITIVE_INFINITY);
  expect(lost).toBe(2);
  expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
  expect(requirementsThat(report, 'inconclusive')).toEqual(['presentation/key-required']);
});
