import { expect, test } from '@playwright/test';
import { createInterning } from '../../../harness/report/interning.ts';
import { jsonChunks, renderJson } from '../../../harness/report/render/json.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { cell, result } from '../support/reports.ts';

const { exchanges } = sampleReport('hostile');
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const one = result('f/a/one', 'fail', { exchanges, cells: [cell('pass'), cell('fail')] });

test('a shared result equals the one that came, and what is equal in two results is one value', () => {
  const share = createInterning();
  const [first, second] = [share(copy(one)), share(copy({ ...one, scenario: 'f/a/two' }))];
  expect(first).toEqual(one);
  expect(second).toEqual({ ...one, scenario: 'f/a/two' });
  expect(exchanges.length).toBeGreaterThan(10);
  for (const [at, exchange] of first.exchanges.entries()) {
    expect(second.exchanges[at]!.request.headers).toBe(exchange.request.headers);
    expect(second.exchanges[at]!.credential).toBe(exchange.credential);
  }
});

test('a body that reads like a list is still a body', () => {
  const share = createInterning();
  const [exchange] = exchanges;
  const response = { status: 200, headers: [], body: '[]', bodyBytes: 2 };
  const empty = result('f/a/one', 'pass', { exchanges: [{ ...exchange!, response }], cells: [cell('pass')] });
  expect(share(copy(empty))).toEqual(empty);
  expect(share(copy(empty))).toEqual(empty);
});

test('report.json comes in chunks that together are the text', () => {
  const report = sampleReport('hostile', 4);
  const chunks = [...jsonChunks(report)];
  expect(chunks.length).toBeGreaterThan(1);
  expect(chunks.join('')).toBe(renderJson(report));
  expect(JSON.parse(chunks.join(''))).toEqual(copy(report));
});
