import { expect, test } from '@playwright/test';
import type { BaselineEntry, CellVerdict } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { exitCodeOf } from '../../../harness/report/run-verdict.ts';
import {
  cell,
  family,
  finding,
  header,
  operation,
  report,
  requirement,
  result,
  scenario,
} from '../support/reports.ts';

const today = '2026-01-02';
const catalogue = family(
  requirement('must/a', { scenarios: [scenario('one'), scenario('two')] }),
  requirement('must/b'),
  requirement('should/c', { level: 'SHOULD' }),
  requirement('watch/d', { observe: 'no redirect' }),
);

function entry(more: Partial<BaselineEntry> = {}): BaselineEntry {
  return { requirement: 'must/a', reason: 'ticket 17', owner: 'team', expires: today, ...more };
}

type Outcomes = Record<string, CellVerdict | Record<string, CellVerdict>>;

/** A run on the day `today` with these verdicts for the named scenarios or cells; all others pass. */
function run(
  entries: readonly BaselineEntry[],
  outcomes: Outcomes,
  more: Partial<Parameters<typeof header>[0]> = {},
  rest: Partial<Parameters<typeof report>[2]> = {},
): Report {
  const results = catalogue[0]!.requirements.flatMap(({ id, scenarios }) =>
    scenarios.flatMap((one) => {
      const outcome = outcomes[`${id}/${one.id}`] ?? 'pass';
      if (typeof outcome === 'string') return result(`${id}/${one.id}`, outcome);
      const cells = Object.entries(outcome).map(([operation, verdict]) => cell(verdict, { operation }));
      const worst = (['fail', 'inconclusive', 'warn'] as const).find((name) =>
        cells.some(({ verdict }) => verdict === name),
      );
      return result(`${id}/${one.id}`, worst ?? 'pass', { cells });
    }),
  );
  const baseline = { file: 'known.yaml', entries: [...entries] };
  return report(catalogue, results, { header: header({ baseline, ...more }), ...rest });
}

function said(made: Report) {
  return {
    exitCode: exitCodeOf(made),
    verdicts: Object.fromEntries(
      made.requirements.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => [id, verdict]),
    ),
    states: made.baseline?.entries.map(({ state }) => state),
  };
}

test('a listed failure is known to the end of its last day, and does not gate', () => {
  const made = run([entry()], { 'must/a/one': 'fail' });
  expect(said(made)).toEqual({ exitCode: 0, verdicts: { 'must/a': 'known' }, states: ['known'] });
  expect(made.requirements[0]?.scenarios.map(({ verdict }) => verdict)).toEqual(['known', 'pass']);
  expect(made.requirements[0]?.scenarios[0]?.cells[0]?.verdict).toBe('known');
  expect(made.reason).toContain(', except the known failures of must/a in known.yaml');
  expect(made.profiles[0]).toMatchObject({
    verdict: 'conformant',
    reason: expect.stringContaining('1 of its'),
  });
  const late = { startedAt: Date.parse('2026-01-02T23:59:59.999Z') };
  expect(said(run([entry()], { 'must/a/one': 'fail' }, late)).exitCode).toBe(0);
});

test('the day after it is a failure again, and the entry is expired', () => {
  const made = run([entry()], { 'must/a/one': 'fail' }, { startedAt: Date.parse('2026-01-03T00:00:00Z') });
  expect(said(made)).toEqual({ exitCode: 1, verdicts: { 'must/a': 'fail' }, states: ['expired'] });
  expect(made.baseline?.entries[0]?.why).toContain('still fails');
});

test('an entry is stale if nothing of it fails any more, or expired after its day; both gate', () => {
  const made = run([entry()], {});
  expect(said(made)).toEqual({ exitCode: 1, verdicts: {}, states: ['stale'] });
  expect([made.verdict, made.reason]).toEqual([
    'nonconformant',
    'the entry of must/a in known.yaml is stale (team): nothing that it lists fails any more: remove the entry',
  ]);
  const later = run([entry()], {}, { startedAt: Date.parse('2026-01-03T00:00:00Z') });
  expect(said(later)).toEqual({ exitCode: 1, verdicts: {}, states: ['expired'] });
  expect(later.baseline?.entries[0]?.why).toContain('remove the entry');
});

for (const [name, scope, known] of [
  ['its scenario', { scenario: 'must/a/one' }, { one: ['known', 'known'], two: ['fail', 'fail'] }],
  ['its operation', { operation: 'GET /a' }, { one: ['known', 'fail'], two: ['known', 'fail'] }],
  [
    'its cell',
    { scenario: 'must/a/one', operation: 'GET /a' },
    { one: ['known', 'fail'], two: ['fail', 'fail'] },
  ],
] as const) {
  test(`an entry covers ${name} and hides nothing else`, () => {
    const both = { 'GET /a': 'fail', 'GET /b': 'fail' } as const;
    const made = run([entry(scope)], { 'must/a/one': both, 'must/a/two': both });
    expect(said(made)).toEqual({ exitCode: 1, verdicts: { 'must/a': 'fail' }, states: ['known'] });
    const [one, two] = made.requirements[0]!.scenarios.map(({ cells }) =>
      cells.map(({ verdict }) => verdict),
    );
    expect({ one, two }).toEqual(known);
  });
}

test('a warning is known as well, so that strict and lenient runs say the same of an entry', () => {
  const listed = entry({ requirement: 'should/c' });
  expect(said(run([listed], { 'should/c/one': 'warn' }))).toEqual({
    exitCode: 0,
    verdicts: { 'should/c': 'known' },
    states: ['known'],
  });
  expect(said(run([listed], { 'should/c/one': 'fail' }))).toMatchObject({ exitCode: 0, states: ['known'] });
});

test('what could not be decided next to a known failure still counts', () => {
  const made = run([entry()], { 'must/a/one': 'fail', 'must/a/two': 'inconclusive' });
  expect(said(made)).toEqual({ exitCode: 2, verdicts: { 'must/a': 'inconclusive' }, states: ['known'] });
});

const expired = { expires: '2025-12-31' };
for (const [name, listed, outcomes, more, rest] of [
  ['a scenario that is inconclusive', entry(), { 'must/a/one': 'inconclusive' }, {}, {}],
  ['a scenario that was not tested', entry(), { 'must/a/two': 'not-tested' }, {}, {}],
  [
    'a cell that is inconclusive',
    entry({ operation: 'GET /a' }),
    { 'must/a/one': { 'GET /a': 'inconclusive', 'GET /b': 'pass' } },
    {},
    {},
  ],
  ['a whole scenario in a quick run', entry({ scenario: 'must/a/one' }), {}, { depth: 'quick' }, {}],
  [
    'an operation that passes in an observing run',
    entry({ operation: 'GET /a' }),
    { 'must/a/one': { 'GET /a': 'pass' } },
    { mode: 'observe' },
    {},
  ],
  [
    'a watching requirement in a part of a run',
    entry({ requirement: 'watch/d' }),
    {},
    {},
    { leftOut: 'a part' },
  ],
  [
    'a scenario that does not apply',
    entry({ scenario: 'must/a/one' }),
    { 'must/a/one': 'not-applicable' },
    {},
    {},
  ],
  [
    'a requirement that does not apply',
    entry(),
    { 'must/a/one': 'not-applicable', 'must/a/two': 'not-applicable' },
    {},
    {},
  ],
  [
    'a cell that does not apply',
    entry({ scenario: 'must/a/one', operation: 'GET /a' }),
    { 'must/a/one': { 'GET /a': 'not-applicable', 'GET /b': 'pass' } },
    {},
    {},
  ],
  ['an operation that nothing was tried on', entry({ operation: 'GET /absent' }), {}, {}, {}],
  ['what has expired and does not apply', entry({ ...expired, operation: 'GET /absent' }), {}, {}, {}],
  ['what has expired and was not run', entry(expired), { 'must/a/one': 'not-tested' }, {}, {}],
] as const) {
  test(`${name} is not judged and does not gate`, () => {
    const options = { ...header().options, ...more };
    const made = run([listed], outcomes, { options }, rest);
    expect(made.baseline?.entries.map(({ state }) => state)).toEqual(['not-judged']);
    expect(made.baseline?.entries[0]?.why).not.toBe('');
    expect(exitCodeOf(made)).not.toBe(1);
  });
}

test('an entry is stale if some of what it lists applies, and an observed operation has to exist', () => {
  expect(said(run([entry()], { 'must/a/one': 'not-applicable' })).states).toEqual(['stale']);
  const target = { ...header().target, operations: [operation('read'), operation('write', 'absent')] };
  const watching = (id: string) =>
    said(run([entry({ requirement: 'watch/d', operation: id })], {}, { target })).states;
  expect([watching('POST /v1/read'), watching('POST /v1/write')]).toEqual([['stale'], ['not-judged']]);
});

test('a run that stopped early judges no entry', () => {
  const cause = 'nobody listens';
  const made = run([entry(expired)], { 'must/a/one': 'inconclusive' }, { cause });
  expect(said(made)).toMatchObject({ exitCode: 2, states: ['not-judged'] });
});

test('a cell that was tried is judged in a quick run too', () => {
  const options = { ...header().options, depth: 'quick' as const };
  const listed = entry({ scenario: 'must/a/one', operation: 'GET /a' });
  expect(said(run([listed], { 'must/a/one': { 'GET /a': 'pass' } }, { options })).states).toEqual(['stale']);
  expect(said(run([listed], { 'must/a/one': { 'GET /b': 'pass' } }, { options })).states).toEqual([
    'not-judged',
  ]);
});

test('findings in exchanges of other scenarios are covered by the requirement, and by their operation', () => {
  const observed = ['GET /a', 'GET /b'].map((operation) => ({ ...finding('watch/d'), operation }));
  const results = catalogue[0]!.requirements.flatMap(({ id, scenarios }) =>
    scenarios.map((one) => result(`${id}/${one.id}`, 'pass', id === 'must/b' ? { observed } : {})),
  );
  const made = (listed: BaselineEntry) =>
    said(
      report(catalogue, results, { header: header({ baseline: { file: 'known.yaml', entries: [listed] } }) }),
    );
  const watch = { requirement: 'watch/d' };
  expect(made(entry(watch))).toEqual({ exitCode: 0, verdicts: { 'watch/d': 'known' }, states: ['known'] });
  const scoped = entry({ ...watch, scenario: 'watch/d/elsewhere', operation: 'GET /a' });
  expect(made(scoped)).toEqual({ exitCode: 1, verdicts: { 'watch/d': 'fail' }, states: ['known'] });
});

test('without a baseline the report has none', () => {
  expect(report(catalogue, []).baseline).toBeUndefined();
});
