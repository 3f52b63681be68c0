import { expect, test } from '@playwright/test';
import type { ScenarioResult } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { fixesOf } from '../../../harness/report/findings/ranking.ts';
import { isEmbedded, isStoppedEarly } from '../../../harness/report/older-reports.ts';
import { parseReport } from '../../../harness/report/parse.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { compared } from '../support/compared.ts';
import { cell, family, finding, header, record, report, requirement, result } from '../support/reports.ts';

/** Members that exist in reports since reasons have codes. */
const news = ['because', 'embedded', 'unmodified', 'tells', 'ofProject'];

/** The same report as an older suite without codes wrote it. */
function older<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (name, member) => (news.includes(name) ? undefined : member)));
}

/** Two requirements that differ only in what their scenarios sent. */
function failing(): Report {
  const failed = (id: string, sent: string): ScenarioResult =>
    result(`${id}/one`, 'fail', { sent, cells: [cell('fail', { findings: [finding(id)] })] });
  return report(family(requirement('f/first'), requirement('f/second')), [
    failed('f/first', 'the signature is zeros'),
    failed('f/second', 'the untouched write key'),
  ]);
}

test('a report without codes is read, compared and ranked as before', () => {
  const before = older(sampleReport('failing'));
  const read = parseReport(JSON.stringify(before), 'report.json');
  expect(read).toEqual(before);
  expect(compared(read, sampleReport('failing')).exitCode).toBe(0);
  const ids = (made: Report) => fixesOf(made).failing.map((fix) => fix.requirement.id);
  expect(ids(older(failing()))).toEqual(['f/second', 'f/first']);
});

test('a code that has another name now is read under the new name', () => {
  const renamed = { code: 'preflight-could-not-try' as const, parameters: {} };
  const cells = [cell('inconclusive', { because: renamed })];
  const now = report(family(requirement('f/one')), [result('f/one/one', 'inconclusive', { cells })]);
  const before = JSON.stringify(now).replaceAll('preflight-could-not-try', 'first-look-could-not-try');
  expect(before).toContain('first-look-could-not-try');
  expect(parseReport(before, 'report.json')).toEqual(JSON.parse(JSON.stringify(now)));
});

test('however deep a text nests that claims to be a report, it is rejected in one sentence', () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const text = `{"schemaVersion":"1.0","requirements":${deep}}`;
  expect(() => parseReport(text, 'deep.json')).toThrow(
    /^deep\.json does not match the schema of a report, at /,
  );
});

test('a target without a mark is the embedded reference server if the configuration says so', () => {
  const value = 'not set: the embedded reference server';
  const made = (text: string, embedded: boolean) =>
    report([], [], { header: header({ embedded, configuration: [{ name: 'MUFI_BASE_URL', value: text }] }) });
  expect(isEmbedded(older(made(value, true)))).toBe(true);
  expect(isEmbedded(older(made('http://target', false)))).toBe(false);
  expect(isEmbedded(made(value, false))).toBe(false);
});

test('a shard without codes stopped early if its sentence says so', () => {
  const stopped = 'the run stopped early: no answer (5 scenarios in a row)';
  expect(isStoppedEarly({ reason: stopped })).toBe(true);
  expect(isStoppedEarly({ reason: 'no answer' })).toBe(false);
  expect(isStoppedEarly({ reason: stopped, because: { code: 'no-answer', parameters: {} } })).toBe(false);
});

test('an exchange without a mark has an unmodified key of the project if it is called so', () => {
  const front = {
    status: 403,
    headers: [['Server', 'nginx']] as [string, string][],
    body: '<html>',
    bodyBytes: 6,
  };
  const own = {
    status: 200,
    headers: [['Content-Type', 'application/json']] as [string, string][],
    body: '{}',
    bodyBytes: 2,
  };
  const exchanges = (mark: { ofProject?: true }) => [
    {
      ...record('x-1'),
      credential: { description: 'write key', variable: 'MUFI_WRITE_KEY', ...mark },
      response: own,
    },
    { ...record('x-2'), credential: { description: 'write key: cut' }, response: front },
  ];
  const seen = (mark: { ofProject?: true }) =>
    report(family(requirement('f/a')), [
      result('f/a/one', 'fail', {
        cells: [cell('fail', { findings: [finding('f/a', { exchange: 'x-2' })], exchanges: ['x-2'] })],
        exchanges: exchanges(mark),
      }),
    ]).exchanges.map(({ seems }) => seems);
  expect(seen({ ofProject: true })[1]).toMatchObject({ inFront: { name: 'nginx' } });
  expect(seen({})).toEqual(seen({ ofProject: true }));
});
