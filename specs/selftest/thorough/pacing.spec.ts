import type { IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { expect, test } from '@playwright/test';
import { writeOptions } from '../../../harness/engine/configuration/options.ts';
import { startReference } from '../../../harness/reference/start.ts';
import {
  conformance,
  type Recorder,
  type RetryAfter,
  reportIn,
  run,
  startRecorder,
  through,
} from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';
import { startLimiter } from '../support/limiter.ts';

test.describe.configure({ timeout: 300_000 });

/** Runs some scenarios against a recorder, and returns what it saw. */
async function recorded(settings: Record<string, string>, retryAfter?: RetryAfter): Promise<Recorder> {
  const server = await startReference();
  const recorder = await startRecorder(server.url, retryAfter);
  const out = test.info().outputPath('report');
  const { MUFI_CONTROL_URL: _url, MUFI_CONTROL_TOKEN: _token, ...keys } = server.environment;
  const environment = {
    ...through(recorder, server.url, keys),
    ...settings,
    ...writeOptions({ depth: 'full', out, selection: '^presentation/(key|placeholders|scheme|refused)' }),
  };
  const runner = createRequire(import.meta.url).resolve('@playwright/test/cli');
  const args = [runner, 'test', '--project=conformance'];
  try {
    const ended = await run(process.execPath, [...args, '--output', out], { environment });
    expect(ended.stderr).toBe('');
    const report = await reportIn(out);
    expect(requirementsThat(report, 'inconclusive', 'fail', 'warn')).toEqual([]);
    expect(requirementsThat(report, 'pass').length).toBeGreaterThan(1);
  } finally {
    await recorder.close();
    await server.close();
  }
  return recorder;
}

/** The most requests that arrived in any one second. */
function mostInOneSecond({ seen }: Recorder): number {
  const times = seen.map(({ atMs }) => atMs).sort((one, other) => one - other);
  const inSecondFrom = (start: number): number =>
    times.filter((atMs) => atMs >= start && atMs < start + 1000).length;
  return Math.max(...times.map(inSecondFrom));
}

test('MUFI_MAX_RPS is the limit of the whole run, as the target counts it', async () => {
  const recorder = await recorded({ MUFI_MAX_RPS: '40' });
  expect(recorder.seen.length, 'enough for several seconds').toBeGreaterThan(160);
  // A run that was delayed may catch up a little.
  expect(mostInOneSecond(recorder)).toBeLessThanOrEqual(60);
});

test('a Retry-After for one request applies to the whole run', async () => {
  const waitSeconds = 4;
  let askedMs: number | undefined;
  const askOnce = ({ headers }: IncomingMessage): number | undefined => {
    // After the scenarios have started, several in parallel.
    requests.add(String(headers['x-request-id']));
    if (requests.size < 100 || askedMs !== undefined) return undefined;
    askedMs = performance.now();
    return waitSeconds;
  };
  const requests = new Set<string>();
  const { seen } = await recorded({ MUFI_MAX_RPS: '100' }, askOnce);
  const asked = askedMs ?? Number.NaN;
  const after = seen.map(({ atMs }) => atMs - asked);
  // Requests that were in flight when the target asked for a pause still arrive; a second is enough for them.
  expect(after.filter((atMs) => atMs > 1000 && atMs < waitSeconds * 1000)).toEqual([]);
  expect(after.filter((atMs) => atMs > waitSeconds * 1000).length).toBeGreaterThan(20);
});

for (const status of [503, 429] as const) {
  test(`the run keeps its pace behind a limit without a burst that answers ${status}, and decide everything`, async () => {
    const server = await startReference();
    const limiter = await startLimiter(server.url, { perSecond: 250, burst: 0, usedUp: [400, 420], status });
    try {
      const environment = { ...server.environment, MUFI_BASE_URL: limiter.url };
      const args = ['--depth', 'quick'];
      const { exitCode, report } = await conformance(test.info().outputPath('report'), args, { environment });
      expect(requirementsThat(report, 'inconclusive', 'fail', 'warn')).toEqual([]);
      expect([exitCode, report.verdict]).toEqual([0, 'conformant']);
      expect(limiter.refused()).toBeGreaterThan(0);
      expect(limiter.refused()).toBeLessThan(limiter.passed());
    } finally {
      await limiter.close();
      await server.close();
    }
  });
}
