import { expect, test } from '@playwright/test';
import {
  answerKind,
  answerName,
  answerNamed,
  because,
  type ScenarioResult,
} from '../../../harness/model/index.ts';
import { withoutNoise } from '../../../harness/report/noise.ts';
import { cell, finding, record, result } from '../support/reports.ts';

const accepted = { operation: 'GET /v1/version', before: 200, after: 200 };
const passing = result('a/passing', 'pass', { control: accepted });

/** A scenario whose control got this answer and was rejected. */
const refused = (answer: string): ScenarioResult =>
  result('a/refused', 'inconclusive', {
    because: because('control-refused', { operation: 'GET /v1/version', status: 403, answer }),
    cells: [],
  });

/** A scenario that got an answer of this type three times, between accepted controls. */
function found(type: string, kind: 'wrong-status' | 'let-in' = 'wrong-status'): ScenarioResult {
  const headers: [string, string][] = [['content-type', type]];
  const response = { status: 403, headers, body: '?', bodyBytes: 1 };
  const findings = [finding('a', { kind, exchange: 'x', message: '401 was expected' })];
  return result('a/found', 'fail', {
    control: accepted,
    cells: [cell('fail', { findings, exchanges: ['x'] })],
    observed: [{ ...finding('b', { kind: 'bad-body', exchange: 'x' }), operation: 'GET /v1/version' }],
    exchanges: [{ ...record('x'), response }],
  });
}

const judged = (...results: ScenarioResult[]) => {
  const { results: made, because: cause } = withoutNoise(results);
  const last = made.at(-1);
  return { verdict: last?.verdict, observed: last?.observed.length, cause: cause?.code };
};

test('what refuses the unmodified key at times, and not in the form of the API, is no finding', () => {
  expect(judged(passing, refused('403 text/html'), found('text/html'))).toEqual({
    verdict: 'inconclusive',
    observed: 0,
    cause: 'control-refused',
  });
});

test('what the API itself says stays a finding, and so does an accepted credential', () => {
  const stays = { verdict: 'fail', observed: 1 };
  expect(judged(passing, refused('403 application/json'), found('application/json'))).toMatchObject(stays);
  expect(judged(passing, refused('403 text/html'), found('application/json'))).toMatchObject(stays);
  expect(judged(passing, refused('403 text/html'), found('text/html', 'let-in')).verdict).toBe('fail');
});

test('if no control is accepted, something has happened to the key, and findings stay', () => {
  const { control: _control, ...alone } = found('text/html');
  expect(judged(refused('403 text/html'), alone)).toEqual({ verdict: 'fail', observed: 1, cause: undefined });
});

test('the name of an answer can be turned back into its kind, and a reason without answer names none', () => {
  for (const type of ['text/html', undefined]) {
    const headers: [string, string][] =
      type === undefined ? [] : [['Content-Type', `${type}; charset=utf-8`]];
    const response = { status: 403, headers, body: '?' };
    expect(answerNamed(answerName(response))).toEqual(answerKind(response));
    expect(answerKind(response)).toEqual({ status: 403, type });
  }
  expect(answerNamed('no complete answer within 300 ms')).toBeUndefined();
});
