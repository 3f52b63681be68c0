import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { describeConfiguration } from '../../../harness/engine/configuration/describe.ts';
import type { Report } from '../../../harness/model/report.ts';
import { buildReport } from '../../../harness/report/build.ts';
import { mergeParts } from '../../../harness/report/merge.ts';
import { type Part, partSchema } from '../../../harness/report/shard.ts';
import { base } from '../support/environments.ts';
import { cell, family, finding, header, operation, record, requirement, result } from '../support/reports.ts';

const catalogue = family(
  requirement('f/a'),
  requirement('f/b'),
  requirement('f/watch', { observe: 'no redirect' }),
);
const ids = ['f/a/one', 'f/b/one', 'f/watch/one'];

/** Shard `index` of three; it ran the scenario with its number. */
function part(index: number, more: Partial<Part> = {}, head: Partial<Part['header']> = {}): Part {
  const id = ids[index - 1]!;
  return partSchema.parse({
    partVersion: '1.0',
    shard: { index, total: 3 },
    header: header({ runId: `run-${index}`, ...head }),
    openapiDigest: 'sha256:1',
    planned: [id],
    results: [result(id, 'pass')],
    suiteFaults: [],
    interrupted: false,
    finishedAt: Date.parse('2026-01-02T03:05:00Z') + index,
    ...more,
  });
}

function merged(...parts: readonly Part[]): Report {
  const found = parts.map((one, index) => ({ place: `folder-${index + 1}`, part: one }));
  return buildReport(mergeParts(found, catalogue));
}

test('all shards together are a whole run, from the first start to the last end', () => {
  const startedAt = header().startedAt;
  const exchange = record('late');
  const report = merged(
    part(
      2,
      { results: [result(ids[1]!, 'pass', { exchanges: [exchange] })] },
      { startedAt: startedAt + 500 },
    ),
    part(1),
    part(3),
  );
  expect([report.verdict, report.counts.scenarios, report.counts.requests]).toEqual(['conformant', 3, 9]);
  expect(report.startedAt).toBe('2026-01-02T03:04:05.000Z');
  expect(report.durationMs).toBe(55_003);
  expect(report.exchanges[0]).toMatchObject({ startedMs: 500, endedMs: 501 });
  expect(report.runId).toMatch(/^[0-9a-f]{16}$/);
});

test('what the preflights sent is counted if nothing came after them', () => {
  const blocked = [1, 2, 3].map((index) =>
    part(
      index,
      { results: [result(ids[index - 1]!, 'inconclusive', { cells: [], requests: 0 })] },
      { cause: 'shut', requests: 7 },
    ),
  );
  expect(merged(...blocked).counts.requests).toBe(21);
});

test('what one shard sees counts against the requirement that another runs', () => {
  const observed = [{ ...finding('f/watch'), operation: 'GET /a' }];
  const report = merged(part(1, { results: [result(ids[0]!, 'pass', { observed })] }), part(2), part(3));
  expect(report.verdict).toBe('nonconformant');
  expect(report.requirements.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['f/a', 'pass'],
    ['f/b', 'pass'],
    ['f/watch', 'fail'],
  ]);
});

test('a fault, an interruption or a missing result of one shard is that of the run', () => {
  const faulty = merged(part(1, { suiteFaults: ['it broke'] }), part(2), part(3));
  expect(faulty.suiteFaults).toEqual(['shard 1: it broke']);
  const interrupted = merged(part(1), part(2, { interrupted: true, results: [] }), part(3));
  expect([interrupted.verdict, interrupted.interrupted]).toEqual(['partial', true]);
  expect(interrupted.reason).toBe('the run was interrupted after 2 of 3 scenarios');
  const lost = merged(part(1), part(2, { results: [] }), part(3));
  expect([lost.verdict, lost.reason]).toEqual(['partial', 'not everything ran: 1 scenario did not run']);
});

test('one shard that could not reach the target makes the run inconclusive, without hiding the others', () => {
  const cause = 'nobody listens';
  const stopped = (index: number) =>
    part(
      index,
      { results: [result(ids[index - 1]!, 'inconclusive', { cells: [], reason: cause })] },
      { cause },
    );
  const some = merged(part(1), stopped(2), part(3));
  expect([some.verdict, some.reason, some.cause]).toEqual(['inconclusive', cause, undefined]);
  expect(merged(stopped(1), part(2), part(3)).cause).toBeUndefined();
  const failing = merged(part(1, { results: [result(ids[0]!, 'fail')] }), stopped(2), part(3));
  expect(failing.verdict).toBe('nonconformant');
  expect(merged(stopped(1), stopped(2), stopped(3)).cause).toBe(cause);
});

test('key control that fails in any shard fails in the run', () => {
  const refused = (answer: string) => ({ controlRefused: answer });
  const makes = [
    [part(1), part(2, {}, refused('401'))] as const,
    [part(1, {}, refused('401')), part(2)] as const,
  ];
  for (const [one, two] of makes) {
    const report = merged(one, two, part(3, {}, refused('401')));
    expect(report.verdict).toBe('partial');
    expect(report.reason).toContain('key control is configured but failed: 401; fix it');
  }
  const both = merged(part(1, {}, refused('401')), part(2, {}, refused('timeout')), part(3));
  expect(both.reason).toContain('key control is configured but failed: 401; timeout; fix it');
});

test('a shard that does not know its project may belong to any', () => {
  const own = { projectId: 'one' };
  expect(merged(part(1, {}, own), part(2), part(3, {}, own)).verdict).toBe('conformant');
});

test('shards that do not agree on an operation tell the worst and who saw what', () => {
  const target = { ...header().target, operations: [operation('read', 'absent'), operation('write')] };
  const report = merged(part(1), part(2, {}, { target }), part(3));
  expect(report.target.operations).toEqual([
    {
      ...operation('read', 'absent'),
      note: 'available to shard 1, absent to shard 2, available to shard 3',
      because: {
        code: 'shards-disagree',
        parameters: { states: ['available to shard 1', 'absent to shard 2', 'available to shard 3'] },
      },
    },
    operation('write'),
  ]);
});

test('a capability that one shard lacked leaves its profile claimed and partial', () => {
  const states = (state: 'have' | 'missing') => ({
    capabilities: [['clock', state]] as [string, typeof state][],
  });
  const untested = [result(ids[1]!, 'not-tested', { cells: [], reason: 'this run has no clock' })];
  const needing = family(requirement('f/a'), requirement('f/b', { needs: ['clock'], profile: 'lifecycle' }));
  const parts = [part(1, {}, states('have')), part(2, { results: untested }, states('missing'))];
  const found = parts.map((one) => ({ place: '', part: { ...one, shard: { ...one.shard, total: 2 } } }));
  const report = buildReport(mergeParts(found, needing));
  expect(report.profiles.find(({ id }) => id === 'lifecycle')).toMatchObject({
    claimed: true,
    verdict: 'partial',
  });
  expect(report.verdict).toBe('partial');
});

test('an entry of the baseline is judged by what all shards saw', () => {
  const entry = { requirement: 'f/a', reason: 'r', owner: 'o', expires: '2999-12-31' };
  const listed = { baseline: { file: 'known.yaml', entries: [entry] } };
  const failing = part(1, { results: [result(ids[0]!, 'fail', { cells: [cell('fail')] })] }, listed);
  const known = merged(failing, part(2, {}, listed), part(3, {}, listed));
  expect([known.verdict, known.baseline?.entries[0]?.state]).toEqual(['conformant', 'known']);
  const stale = merged(part(1, {}, listed), part(2, {}, listed), part(3, {}, listed));
  expect([stale.verdict, stale.baseline?.entries[0]?.state]).toEqual(['nonconformant', 'stale']);
});

test('the embedded reference server is one target, whatever its port', () => {
  const embedded = (index: number) =>
    part(index, {}, { embedded: true, target: { ...header().target, baseUrl: `http://127.0.0.1:${index}` } });
  expect(merged(embedded(1), embedded(2), embedded(3)).verdict).toBe('conformant');
});

const other = (head: Partial<Part['header']>, more: Partial<Part> = {}) => part(2, more, head);
const options = header().options;
for (const [parts, complaint] of [
  [[], 'no shard was given'],
  [[part(1), part(3)], 'the shard 2/3 cannot be found; give all folders, or run --shard 2/3'],
  [[part(2)], 'the shards 1/3, 3/3 cannot be found; give all folders, or run --shard 1/3, --shard 3/3'],
  [[part(1), part(2), part(2), part(3)], 'shard 2 of 3 occurs twice: folder-2 and folder-3; give it once'],
  [
    [part(1), other({}, { shard: { index: 2, total: 4 } })],
    'the shards belong to different runs: folder-1 is one of 3, folder-2 is one of 4',
  ],
  [
    [part(1), other({ target: { ...header().target, baseUrl: 'http://other' } }), part(3)],
    'different targets: http://target and http://other',
  ],
  [
    [
      part(1),
      other({ target: { ...header().target, implementation: { name: 'mufi', version: '2' } } }),
      part(3),
    ],
    'different implementations: not named and mufi 2',
  ],
  [
    [part(1, {}, { projectId: 'one' }), other({ projectId: 'two' }), part(3)],
    'different projects: one and two; run all with the same',
  ],
  [
    [part(1), part(2, {}, { projectId: 'one' }), part(3, {}, { projectId: 'two' })],
    'shards 2 and 3 have different projects',
  ],
  [
    [part(1), other({ suite: { ...header().suite, catalogueDigest: 'sha256:9' } }), part(3)],
    'different catalogues: ',
  ],
  [[part(1), other({ suite: { ...header().suite, version: '9' } }), part(3)], 'different suites: '],
  [[part(1), other({}, { openapiDigest: 'sha256:2' }), part(3)], 'different OpenAPI documents: '],
  [
    [part(1), other({ options: { ...options, depth: 'quick' } }), part(3)],
    'different values of --depth: full and quick',
  ],
  [
    [part(1), other({ options: { ...options, mode: 'observe' } }), part(3)],
    'different values of --mode: full and',
  ],
  [
    [part(1), other({ options: { ...options, strict: true } }), part(3)],
    'different values of --strict: not strict and',
  ],
  [
    [part(1), other({ options: { ...options, selection: 'f' } }), part(3)],
    'different values of -g: none and f',
  ],
  [
    [part(1), other({ requestedProfiles: ['core'] }), part(3)],
    'different values of --profile: none and core',
  ],
  [
    [part(1), other({ baseline: { file: 'known.yaml', entries: [] } }), part(3)],
    'different baselines; run all',
  ],
  [
    [part(1), other({ startedAt: header().startedAt + 6 * 3_600_000 + 1 }), part(3)],
    'were started more than 6 hours apart',
  ],
  [
    [
      part(1),
      part(2, {}, { startedAt: header().startedAt - 12_000_000 }),
      part(3, {}, { startedAt: header().startedAt + 12_000_000 }),
    ],
    'shards 2 and 3 were started more than 6 hours apart',
  ],
  [[part(1), other({}, { planned: ['f/a/one'] }), part(3)], 'f/a/one is in two shards'],
  [
    [part(1), other({}, { results: [result('f/b/one', 'pass'), result('f/b/one', 'pass')] }), part(3)],
    'shard 2 of 3 is damaged: f/b/one has two results; run it again',
  ],
  [
    [part(1), other({}, { results: [result('f/a/one', 'pass')] }), part(3)],
    'shard 2 of 3 is damaged: f/a/one has a result but was not part of the run; run it again',
  ],
  [
    [part(1), other({}, { planned: ['f/x/one'], results: [result('f/x/one', 'pass')] }), part(3)],
    'shard 2 of 3 is damaged: f/x/one is not in the catalogue; run it again',
  ],
] as const) {
  test(`refused: ${complaint}`, () => {
    expect(() => merged(...parts)).toThrow(complaint);
  });
}

for (const { name } of describeConfiguration(readConfiguration({ ...base }))) {
  if (['MUFI_BASE_URL', 'MUFI_CONCURRENCY', 'MUFI_MAX_RPS'].includes(name)) continue;
  test(`refused: ${name} is set for one shard only`, () => {
    const shards = [part(1), other({ configuration: [{ name, value: 'set' }] }), part(3)];
    expect(() => merged(...shards)).toThrow(`different ${name}: not set and set`);
  });
}

test('how fast each machine asks is its own affair', () => {
  const paced = (value: string) => ({ configuration: [{ name: 'MUFI_CONCURRENCY', value }] });
  expect(merged(part(1, {}, paced('16')), part(2, {}, paced('4')), part(3)).verdict).toBe('conformant');
});
