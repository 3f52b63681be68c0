import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import type { BaselineEntry, CellVerdict } from '../../harness/model.ts';
import { exitCodeOf } from '../../harness/report/run-verdict.ts';
import type { Report } from '../../harness/report/schema.ts';
import { readBaseline } from '../../harness/target/baseline.ts';
import { cell, family, finding, header, report, requirement, result, scenario } from './support/reports.ts';

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

/** A run on the day of `today` in which the named scenarios, or cells of them, come to a verdict; others pass. */
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
  expect(made.reason).toContain('but for the known failures of must/a in known.yaml');
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

test('an entry of which nothing fails any more is stale, or expired after its day; both gate', () => {
  const made = run([entry()], {});
  expect(said(made)).toEqual({ exitCode: 1, verdicts: {}, states: ['stale'] });
  expect([made.verdict, made.reason]).toEqual([
    'nonconformant',
    'the entry of must/a in known.yaml is stale (team): nothing fails there any more: remove the entry',
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
  test(`an entry covers ${name} and hides nothing beside it`, () => {
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

test('what could not be decided beside a known failure still counts', () => {
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
  ['an operation in an observing run', entry({ operation: 'GET /a' }), {}, { mode: 'observe' }, {}],
  [
    'a watching requirement in a part of a run',
    entry({ requirement: 'watch/d' }),
    {},
    {},
    { leftOut: 'a part' },
  ],
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

test.describe('the file', () => {
  const ids = {
    requirements: new Map([
      ['must/alpha', ['must/alpha/one', 'must/alpha/two']],
      ['must/beta', ['must/beta/one']],
    ]),
    operations: ['GET /v1/version', 'POST /v1/events/create'],
  };
  const lines = (...more: string[]): string =>
    ['- requirement: must/alpha', '  reason: r', '  owner: o', '  expires: 2026-12-31', ...more].join('\n');

  async function read(text: string) {
    const file = test.info().outputPath('known.yaml');
    await writeFile(file, text);
    try {
      return readBaseline(file, ids).entries;
    } catch (error) {
      return String(error)
        .replace(file, 'known.yaml')
        .replace(/^ConfigurationError: /, '');
    }
  }

  test('is a list of entries, and scenario ids may leave out the requirement', async () => {
    const rest = { requirement: 'must/alpha', reason: 'r', owner: 'o', expires: '2026-12-31' };
    expect(await read(lines('  scenario: two', '  operation: GET /v1/version'))).toEqual([
      { ...rest, scenario: 'must/alpha/two', operation: 'GET /v1/version' },
    ]);
    expect(await read(lines('  scenario: must/alpha/one'))).toEqual([
      { ...rest, scenario: 'must/alpha/one' },
    ]);
    expect(await read('# nothing is known\n')).toEqual([]);
  });

  for (const [text, complaint] of [
    ['- a: 1\n- b: [\n', 'known.yaml, line 3: '],
    [
      `- &a [x]\n${'- [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n'.repeat(20)}`,
      'The baseline known.yaml ',
    ],
    ['requirement: must/alpha', 'The baseline known.yaml is not a list; each entry has requirement, reason,'],
    ['- must/alpha', 'known.yaml, line 1, entry 1: it is no entry; an entry has requirement, reason,'],
    [lines().replace('  owner: o\n', ''), 'known.yaml, line 1, entry 1: owner is missing.'],
    [lines().replace('reason: r', 'reason: 7'), 'known.yaml, line 1, entry 1: reason is not a text.'],
    [lines().replace('reason: r', 'reason: ""'), 'known.yaml, line 1, entry 1: reason is empty.'],
    [lines().replace('-31', '-32'), 'entry 1: expires is not a day such as 2026-12-31.'],
    [lines().replace('2026-12-31', 'soon'), 'line 1, entry 1: expires is not a day such as 2026-12-31.'],
    [lines('  scenarios: one'), 'entry 1: the member scenarios is not known; it looks like scenario.'],
    [
      lines().replace('alpha', 'alpa'),
      'entry 1: there is no requirement must/alpa; the nearest is must/alpha.',
    ],
    [
      lines('  scenario: tow'),
      'entry 1: there is no scenario must/alpha/tow; the nearest is must/alpha/two.',
    ],
    [
      lines('  scenario: must/beta/one'),
      'entry 1: there is no scenario must/beta/one; the nearest is must/alpha/one.',
    ],
    [
      lines('  operation: GET /v1/versions'),
      'entry 1: there is no operation GET /v1/versions; the nearest is GET /v1/version.',
    ],
    [`${lines()}\n\n${lines()}`, 'known.yaml, line 6, entry 2: it repeats entry 1; keep one of them.'],
    [
      `# ${'x'.repeat(65_536)}`,
      'The baseline known.yaml is longer than 64 KiB; list requirements as a whole',
    ],
  ] as const) {
    test(`is refused: ${complaint}`, async () => {
      expect(await read(text)).toContain(complaint);
    });
  }
});
