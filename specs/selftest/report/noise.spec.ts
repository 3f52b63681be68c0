import { expect, test } from '@playwright/test';
import type { ScenarioResult } from '../../../harness/model/index.ts';
import { withoutNoise } from '../../../harness/report/noise.ts';
import { cell, finding, record, result } from '../support/reports.ts';

const operation = 'GET /v1/version';

/** A run of 10,000 requests, in which this answer did not repeat 20 times. */
const disturbed = (answer: string): ScenarioResult =>
  result('a/disturbed', 'pass', {
    requests: 10_000,
    repeats: { requests: 40, differently: 40, answers: { [answer]: 20 }, unmodified: false },
  });

/** A scenario that sent so many requests to the operation and has a finding in an answer of this type. */
function found(type: string, exchanges: number): ScenarioResult {
  const headers: [string, string][] = [['content-type', type]];
  const response = { status: 403, headers, body: '?', bodyBytes: 1 };
  const ids = Array.from({ length: exchanges }, (_, index) => `x${index}`);
  const findings = [finding('a', { kind: 'shut-out', exchange: 'x0', message: 'success was expected' })];
  return result('a/found', 'fail', {
    cells: [{ ...cell('fail', { findings, exchanges: ids }), operation }],
    observed: [{ ...finding('b', { kind: 'bad-body', exchange: 'x0' }), operation }],
    exchanges: [{ ...record('x0'), response }],
  });
}

for (const [noise, type, exchanges, verdict, observed] of [
  ['403 text/html', 'text/html', 90, 'inconclusive', 0],
  ['403 text/html', 'text/html', 3, 'fail', 1],
  ['403 application/json', 'application/json', 90, 'fail', 1],
  ['403', 'application/json', 90, 'fail', 1],
] as const) {
  test(`if ${noise} comes once in 500 requests, 403 ${type} in ${exchanges} requests is ${verdict}`, () => {
    const { results } = withoutNoise([disturbed(noise), found(type, exchanges)]);
    const last = results.at(-1);
    expect([last?.verdict, last?.observed.length]).toEqual([verdict, observed]);
  });
}

test('what was observed on an operation without a cell belongs to the longest cell', () => {
  const { observed, ...rest } = found('text/html', 90);
  const elsewhere = observed.map((one) => ({ ...one, operation: 'POST /v1/users/profile' }));
  const { results } = withoutNoise([disturbed('403 text/html'), { ...rest, observed: elsewhere }]);
  expect(results.at(-1)?.observed).toEqual([]);
});
