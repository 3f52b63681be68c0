import { expect, test } from '@playwright/test';
import { catalogueDigest, suiteName, suiteVersion } from '../../../harness/engine/session/suite.ts';
import type { Capability, Family, Requirement, ScenarioResult } from '../../../harness/model/index.ts';
import type { RunHeader } from '../../../harness/model/run-header.ts';
import { runHeaderSchema } from '../../../harness/model/run-header.ts';
import type { ReportInputs } from '../../../harness/report/build.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { catalogue } from '../../requirements/index.ts';
import {
  cell,
  family,
  finding,
  header,
  record,
  report,
  requirement,
  result,
  scenario,
} from '../support/reports.ts';

const must = (id: string, more: Partial<Requirement> = {}): Requirement => requirement(`f/${id}`, more);
const having = (...capabilities: RunHeader['capabilities']): Partial<ReportInputs> => ({
  header: header({ capabilities }),
});

const inProfiles: Family[] = family(
  must('a'),
  must('b', { profile: 'lifecycle', needs: ['key-control'] }),
  must('c', { profile: 'lifecycle', needs: ['revoked-key'] }),
  must('d', { profile: 'lifecycle', level: 'SHOULD', needs: ['replicas'] }),
  must('e', { profile: 'isolation', needs: ['other-project-keys'] }),
);
const allPass = inProfiles[0]!.requirements.map(({ id }) => result(`${id}/one`, 'pass'));
const replaced = (...others: readonly ScenarioResult[]): ScenarioResult[] =>
  allPass.map((each) => others.find((other) => other.scenario === each.scenario) ?? each);
const claimedBy = (more: Partial<ReportInputs>): string[] =>
  report(inProfiles, allPass, more).options.profiles;

test('core is always claimed, another profile if everything that its MUSTs need was supplied', () => {
  const both = [
    ['key-control', 'have'],
    ['revoked-key', 'have'],
  ] as const;
  expect(claimedBy({})).toEqual(['core', 'lifecycle', 'isolation']);
  expect(claimedBy(having(['key-control', 'missing'], ['other-project-keys', 'missing']))).toEqual(['core']);
  expect(
    claimedBy(
      having(
        ...both.map(([name, state]): [string, 'have'] => [name, state]),
        ['other-project-keys', 'missing'],
        ['replicas', 'missing'],
      ),
    ),
  ).toEqual(['core', 'lifecycle']);
  expect(claimedBy(having(['revoked-key', 'missing'], ['other-project-keys', 'have']))).toEqual([
    'core',
    'isolation',
  ]);
});

test('if profiles are requested, exactly these are claimed', () => {
  const capabilities: RunHeader['capabilities'] = [['other-project-keys', 'missing']];
  for (const requestedProfiles of [
    ['core'],
    ['isolation'],
    ['core', 'lifecycle', 'isolation', 'transport'],
  ] as const) {
    expect(
      claimedBy({ header: header({ capabilities, requestedProfiles: [...requestedProfiles] }) }),
    ).toEqual([...requestedProfiles]);
  }
});

test('each profile comes to a verdict of its own, and says why it is not conformant', () => {
  const missing = having(['revoked-key', 'missing']);
  const verdicts = (results: readonly ScenarioResult[], more: Partial<ReportInputs> = {}) =>
    Object.fromEntries(
      report(inProfiles, results, more).profiles.map(({ id, claimed, verdict, reason }) => [
        id,
        [claimed, verdict, ...(reason === undefined ? [] : [reason])],
      ]),
    );
  const nobody = [false, 'not-claimed', 'no variable that it needs is set'];
  expect(verdicts(allPass)).toEqual({
    core: [true, 'conformant'],
    lifecycle: [true, 'conformant'],
    isolation: [true, 'conformant'],
    transport: nobody,
  });
  const mixed = replaced(
    result('f/b/one', 'not-tested'),
    result('f/c/one', 'inconclusive'),
    result('f/e/one', 'fail'),
  );
  expect(verdicts(mixed)).toEqual({
    core: [true, 'conformant'],
    lifecycle: [true, 'inconclusive', '1 could not be decided'],
    isolation: [true, 'nonconformant', '1 of its requirements fails'],
    transport: nobody,
  });
  expect(verdicts(mixed, missing).lifecycle).toEqual([false, 'not-claimed', 'f/c needs revoked-key']);
  const failing = replaced(result('f/b/one', 'fail'), result('f/d/one', 'fail'));
  expect(verdicts(failing, missing).lifecycle).toEqual([
    false,
    'nonconformant',
    '2 of its requirements fail',
  ]);
  const partly = replaced(result('f/b/one', 'not-tested'), result('f/d/one', 'inconclusive'));
  expect(verdicts(partly).lifecycle).toEqual([true, 'partial', 'f/b was not tested']);
  const none = replaced(result('f/b/one', 'not-applicable'), result('f/c/one', 'not-applicable'));
  expect(verdicts(none).lifecycle).toEqual([true, 'partial', 'none of its requirements was tested']);
});

test('counts are of what was tried, and verdicts of what there is', () => {
  const many = family(
    must('a', { scenarios: [scenario('one'), scenario('two')] }),
    must('b'),
    must('c'),
    must('d', { level: 'SHOULD' }),
  );
  const results = [
    result('f/a/one', 'pass', {
      cells: [cell('pass'), cell('pass', { operation: 'GET /v1/events' })],
      requests: 4,
    }),
    result('f/a/two', 'fail', { requests: 5 }),
    result('f/d/one', 'warn', { requests: 6 }),
    result('f/b/one', 'not-tested', { cells: [], requests: 0 }),
  ];
  const { counts, durationMs, startedAt } = report(many, results, { leftOut: 'it is a shard' });
  expect(counts).toEqual({
    requirements: 2,
    scenarios: 3,
    cells: 4,
    requests: 15,
    verdicts: {
      pass: 0,
      warn: 1,
      fail: 1,
      known: 0,
      inconclusive: 0,
      'not-tested': 2,
      'not-applicable': 0,
    },
  });
  expect([durationMs, startedAt]).toEqual([2500, '2026-01-02T03:04:05.000Z']);
});

test('an exchange that several scenarios share is there once, in the order of its first use', () => {
  const results = [
    result('f/a/one', 'pass', { exchanges: [record('x1'), record('x2')] }),
    result('f/b/one', 'pass', { exchanges: [record('x2'), record('x3'), record('x1')] }),
  ];
  const { exchanges } = report(family(must('a'), must('b')), results);
  expect(exchanges).toEqual([record('x1'), record('x2'), record('x3')]);
});

test('what was not tested is listed by capability, with what unlocks it and the requirements that wait for it', () => {
  const unlocks: RunHeader['unlocks'] = (['clock', 'replicas', 'revoked-key'] as Capability[]).map(
    (capability) => ({
      capability,
      sentence: `Supply ${capability}.`,
      variables: [`MUFI_${capability}`],
    }),
  );
  const capabilities: RunHeader['capabilities'] = [
    ['clock', 'missing'],
    ['replicas', 'absent'],
    ['revoked-key', 'missing'],
    ['key-control', 'have'],
  ];
  const many = family(
    must('a', {
      needs: ['key-control'],
      scenarios: [scenario('one'), scenario('two', { needs: ['clock'] })],
    }),
    must('b', { needs: ['revoked-key', 'clock', 'replicas'] }),
    must('c', { needs: ['clock'] }),
    must('d'),
  );
  const results = [
    result('f/a/one', 'pass'),
    result('f/a/two', 'not-tested', { cells: [] }),
    result('f/b/one', 'not-tested', { cells: [] }),
    result('f/c/one', 'pass'),
    result('f/d/one', 'not-tested', { cells: [] }),
  ];
  const { notTested } = report(many, results, { header: header({ capabilities, unlocks }) });
  expect(notTested).toEqual([
    { capability: 'clock', unlock: 'Supply clock.', variables: ['MUFI_clock'], requirements: ['f/a', 'f/b'] },
    {
      capability: 'revoked-key',
      unlock: 'Supply revoked-key.',
      variables: ['MUFI_revoked-key'],
      requirements: ['f/b'],
    },
  ]);
});

const stopped = 'the run stopped early: nobody is there (5 scenarios in a row)';

test('the one cause of an inconclusive run is given, from the preflight or from the scenario that noticed', () => {
  const looked = { header: header({ cause: 'nobody is there' }) };
  expect(report(family(must('a')), [], looked).cause).toBe('nobody is there');
  expect(report(family(must('a')), [result('f/a/one', 'fail')], looked).cause).toBeUndefined();
  const noticed = [result('f/a/one', 'inconclusive', { reason: stopped }), result('f/b/one', 'pass')];
  const both = report(family(must('a'), must('b')), noticed);
  expect([both.verdict, both.cause, both.reason]).toEqual(['inconclusive', stopped, stopped]);
  const other = report(family(must('a')), [result('f/a/one', 'inconclusive', { reason: 'another' })]);
  expect([other.cause, other.reason]).toEqual([undefined, 'another']);
});

const watching = (level: 'MUST' | 'SHOULD'): Family[] =>
  family(must('w', { level, observe: 'no redirect' }), must('a'), must('b'));
const seen = (exchange: string, operation: string) => ({
  ...finding('f/w', { kind: 'redirect', exchange }),
  operation,
});

for (const [level, strict, verdict] of [
  ['MUST', false, 'fail'],
  ['SHOULD', false, 'warn'],
  ['SHOULD', true, 'fail'],
] as const) {
  test(`what a watching ${level} sees in other scenarios ${verdict}s it${strict ? ' when strict' : ''}, one cell an operation`, () => {
    const options = { ...header().options, strict };
    const results = [
      result('f/w/one', 'pass'),
      result('f/a/one', 'pass', { observed: [seen('x1', 'GET /a'), seen('x2', 'GET /b')] }),
      result('f/b/one', 'pass', {
        observed: [seen('x3', 'GET /a'), { ...finding('f/other'), operation: 'GET /a' }],
      }),
    ];
    const made = report(watching(level), results, { header: header({ options }) });
    const [watched] = made.requirements;
    const found = (exchange: string) => finding('f/w', { kind: 'redirect', exchange });
    expect(watched!.verdict).toBe(verdict);
    expect(watched!.scenarios[1]).toEqual({
      id: 'f/w/elsewhere',
      title: 'exchanges of other scenarios',
      verdict,
      sent: 'a request of another scenario',
      expected: 'nothing wrong in any exchange of the run',
      cells: [
        { operation: 'GET /a', verdict, findings: [found('x1'), found('x3')], exchanges: ['x1', 'x3'] },
        { operation: 'GET /b', verdict, findings: [found('x2')], exchanges: ['x2'] },
      ],
      durationMs: 0,
    });
  });
}

test('a watching requirement that was not selected sees nothing', () => {
  const results = [result('f/a/one', 'pass', { observed: [seen('x1', 'GET /a')] })];
  const made = report(watching('MUST'), results, { leftOut: 'only -g f/a was selected' });
  expect(made.requirements[0]).toMatchObject({ verdict: 'not-tested', reason: 'only -g f/a was selected' });
  expect(made.verdict).toBe('partial');
});

test('a report carries what is known of the run', () => {
  const given = header({
    target: {
      baseUrl: 'http://target',
      implementation: { name: 'x', version: '1' },
      operations: [],
      algorithm: 'ES256',
    },
    options: { profiles: [], depth: 'quick', mode: 'observe', strict: true, selection: 'f/a' },
  });
  expect(runHeaderSchema.parse(given)).toEqual(given);
  const made = report(family(must('a')), [result('f/a/one', 'pass')], { header: given });
  expect(made).toMatchObject({
    schemaVersion: '1.0',
    suite: given.suite,
    target: given.target,
    runId: 'run-1',
    options: { ...given.options, profiles: ['core'] },
    configuration: given.configuration,
    suiteFaults: [],
  });
});

test('the suite says its name, its version and which catalogue it tried', () => {
  expect([suiteName, suiteVersion]).toEqual([manifest.name, manifest.version]);
  const digest = catalogueDigest(catalogue);
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(catalogueDigest(structuredClone([...catalogue]))).toBe(digest);
  const [first, ...rest] = catalogue;
  expect(catalogueDigest([{ ...first!, title: 'Another' }, ...rest])).not.toBe(digest);
});
