import { expect, test } from '@playwright/test';
import { defined } from '../../../../harness/model/defined.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { type Reference, startReference } from '../../../../harness/reference/start.ts';
import { runEngine } from '../../support/engine.ts';
import { type Limiter, type LimiterOptions, startLimiter } from '../../support/limiter.ts';

test.describe.configure({ timeout: 300_000 });

/** Runs the engine at depth quick against a reference server behind a limiter. */
async function behind(
  options: LimiterOptions,
  scenarios?: RegExp,
): Promise<{ readonly report: Report; readonly limiter: Limiter }> {
  const server: Reference = await startReference();
  const limiter = await startLimiter(server.url, options);
  try {
    const environment = { ...server.environment, MUFI_BASE_URL: limiter.url };
    const report = await runEngine(environment, {
      depth: 'quick',
      atATime: 4,
      ...defined({ scenarios }),
    });
    return { report, limiter };
  } finally {
    await limiter.close();
    await server.close();
  }
}

const undecided = (report: Report): string[] =>
  report.requirements
    .filter(({ verdict }) => ['inconclusive', 'fail', 'warn'].includes(verdict))
    .map(({ id, verdict, reason }) => `${id} ${verdict} ${reason}`);

test('behind a limit of 300 requests a second without a burst, answered with 503, a whole run decides everything', async () => {
  const { report, limiter } = await behind({ perSecond: 300, burst: 0, usedUp: [60, 75], status: 503 });
  expect([report.verdict, undecided(report)]).toEqual(['conformant', []]);
  expect(limiter.refused()).toBeGreaterThan(0);
  expect(limiter.refused()).toBeLessThan(limiter.passed());
  expect(report.slowestPerSecond, 'the report says how far the run slowed down').toBeLessThan(300);
});

for (const options of [
  { perSecond: 200, burst: 20, usedUp: [60, 75], status: 503 },
  { perSecond: 200, burst: 20, usedUp: [60, 75], status: 429 },
  { perSecond: 200, burst: 20, usedUp: [60, 64], status: 429, retryAfter: '1' },
] as const) {
  const how = `${options.status}${'retryAfter' in options ? ' with Retry-After' : ''}`;
  test(`behind a limit of 200 requests a second with a burst of 20, answered with ${how}, everything is decided`, async () => {
    const { report, limiter } = await behind(
      options,
      /^(presentation\/key|presentation\/scheme|permissions)/,
    );
    expect(undecided(report)).toEqual([]);
    expect(report.counts.cells).toBeGreaterThan(60);
    expect(limiter.refused()).toBeGreaterThan(0);
    expect(limiter.refused()).toBeLessThan(limiter.passed());
  });
}

for (const status of [429, 503] as const) {
  test(`a target that answers ${status} to everything leaves one cause, which names the rate and MUFI_MAX_RPS`, async () => {
    const { report, limiter } = await behind({ perSecond: 0, burst: 0, status });
    expect(report.verdict).toBe('inconclusive');
    expect(report.reason).toContain(`the target still answers ${status} at 1 request a second`);
    expect(report.reason).toContain('MUFI_MAX_RPS');
    expect(report.counts.cells).toBe(0);
    expect(limiter.refused()).toBeLessThan(2000);
  });
}
