import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { stringify } from 'yaml';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { readOptions } from '../../../harness/engine/configuration/options.ts';
import { allScenarios } from '../../../harness/engine/matrix/expand.ts';
import { runPreflight } from '../../../harness/engine/run/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import type { Part } from '../../../harness/report/shard.ts';
import { catalogue } from '../../requirements/index.ts';
import { cli, conformance, leaksIn, linesOf, reportIn, textsIn } from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

/** What two runs of the same scenarios share: everything except names, times, and numbers of requests. */
function comparable(report: Report) {
  const { runId, startedAt, durationMs, counts, exchanges, requirements, target, configuration, ...rest } =
    report;
  const { requests, ...amounts } = counts;
  const told = new Set([runId, startedAt, durationMs, requests, configuration]);
  expect(told.size).toBeGreaterThan(3);
  const known = new Map(exchanges.map((exchange) => [exchange.id, exchange]));
  return {
    ...rest,
    reason: rest.reason.replace(target.baseUrl, 'TARGET'),
    amounts,
    target: { ...target, baseUrl: 'TARGET' },
    requirements: requirements.map(({ scenarios, ...requirement }) => ({
      ...requirement,
      scenarios: scenarios.map(({ durationMs: _, timeline, cells, control, ...scenario }) => ({
        ...scenario,
        // Which operation a control is sent to depends on what else runs at the time.
        control: control && [control.before, control.after],
        timeline: timeline?.longestStalenessMs,
        cells: cells
          .map((cell) => ({
            ...cell,
            findings: cell.findings.map(({ exchange: _exchange, ...finding }) => finding),
            exchanges: undefined,
            answers: [...new Set(cell.exchanges.map((id) => known.get(id)?.response?.status))].sort(),
          }))
          .toSorted((one, other) => one.operation.localeCompare(other.operation)),
      })),
    })),
  };
}

/** Makes the fixture, so that the first of two runs finds it as the second does. */
async function prime({ environment }: Reference): Promise<void> {
  const target = readConfiguration(environment);
  const options = readOptions({});
  const look = await runPreflight({
    target,
    baseUrl: environment.MUFI_BASE_URL ?? '',
    options,
    catalogue,
  });
  await look.finish();
}

test('two shards that run at the same time merge into the report of one run, and its exit code', async () => {
  const file = test.info().outputPath('known.yaml');
  const entry = { reason: 'ticket 17', owner: 'gateway team', expires: '2999-12-31' };
  await writeFile(file, stringify([{ requirement: 'contract/challenge-present', ...entry }]));
  const server = await startReference({ faults: ['no-challenge'] });
  const { environment } = server;
  await prime(server);
  const args = ['--depth', 'quick', '--baseline', file];
  try {
    const whole = await conformance(test.info().outputPath('whole'), args, { environment });
    const folder = test.info().outputPath('parts');
    const shards = await Promise.all(
      [1, 2].map((index) =>
        conformance(join(folder, `part-${index}`), [...args, '--shard', `${index}/2`], { environment }),
      ),
    );
    for (const { exitCode, report } of shards) expect([exitCode, report.verdict]).toEqual([2, 'partial']);
    const out = test.info().outputPath('merged');
    const { exitCode, stdout, stderr } = await cli(['merge', folder, '--out', out]);
    expect([exitCode, stderr]).toEqual([0, '']);
    const merged = await reportIn(out);
    expect(comparable(merged)).toEqual(comparable(whole.report));
    expect([whole.exitCode, merged.verdict]).toEqual([0, 'conformant']);
    expect(requirementsThat(merged, 'known')).toEqual(['contract/challenge-present']);
    const elsewhere = merged.requirements
      .flatMap(({ scenarios }) => scenarios)
      .find(({ id }) => id === 'contract/challenge-present/elsewhere');
    expect(elsewhere?.cells.length).toBeGreaterThan(2);
    expect(stdout).toContain(`${whole.report.counts.scenarios} scenarios`);
    expect((await readdir(out)).sort()).toEqual((await readdir(test.info().outputPath('whole'))).sort());
    const times = merged.exchanges.map(({ endedMs }) => endedMs);
    expect(Math.max(...times)).toBeLessThanOrEqual(merged.durationMs + 1);
    const texts = await textsIn(folder);
    expect(texts.map(([name]) => name)).toContain(join('part-2', 'shard.json'));
    expect(leaksIn(texts, Object.values(server.keys))).toEqual([]);
  } finally {
    await server.close();
  }
});

test('the scenarios of one requirement are divided, and no shard stays empty', async () => {
  const parts = [1, 2, 3].map((index) => test.info().outputPath(`shard-${index}`));
  const args = ['-g', '^presentation/key-required/', '--depth', 'quick'];
  const server = await startReference();
  try {
    const { environment } = server;
    for (const [index, part] of parts.entries()) {
      const { report } = await conformance(part, [...args, '--shard', `${index + 1}/3`], { environment });
      expect(report.counts.scenarios).toBeGreaterThan(0);
    }
  } finally {
    await server.close();
  }
  const out = test.info().outputPath('merged');
  expect((await cli(['merge', ...parts, '--out', out])).exitCode).toBe(2);
  const [required] = allScenarios(catalogue).filter(({ id }) => id.startsWith('presentation/key-required/'));
  expect((await reportIn(out)).counts.scenarios).toBe(required?.requirement.scenarios.length);
});

test.describe('two shards of a few scenarios', () => {
  test.describe.configure({ mode: 'serial' });
  let folder: string;
  let parts: readonly [string, string];

  test.beforeAll(async () => {
    folder = test.info().outputPath('few');
    parts = [join(folder, 'one'), join(folder, 'two')];
    const server = await startReference({ faults: ['signature-ignored'] });
    const args = ['-g', 'token/signature-present/stripped:|challenge-parses/no-key:', '--depth', 'quick'];
    for (const [index, part] of parts.entries()) {
      await conformance(part, [...args, '--shard', `${index + 1}/2`], { environment: server.environment });
    }
    await server.close();
  });

  async function merge(...directories: readonly string[]) {
    const out = test.info().outputPath('merged');
    const how = await cli(['merge', ...directories, '--out', out]);
    return { ...how, out };
  }

  /** The second part with a change. */
  async function changed(name: string, change: (part: Part) => unknown): Promise<string> {
    const copy = join(folder, '..', name);
    await cp(parts[1], copy, { recursive: true });
    const file = join(copy, 'shard.json');
    await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, 'utf8')))));
    return copy;
  }

  test('a failure in one shard is the verdict of all, whatever their order', async () => {
    const { exitCode, out } = await merge(parts[1], parts[0]);
    expect(exitCode).toBe(1);
    const report = await reportIn(out);
    expect(report.verdict).toBe('nonconformant');
    expect(report.counts.scenarios).toBe(2);
    expect(requirementsThat(report, 'fail')).toEqual(['token/signature-present']);
    expect(requirementsThat(report, 'pass')).toEqual(['contract/challenge-parses']);
  });

  test('a missing shard, a repeated one and a directory without one are exit 3 and a sentence', async () => {
    const empty = test.info().outputPath('empty');
    await mkdir(empty, { recursive: true });
    for (const [directories, complaint] of [
      [
        [parts[0]],
        'The shards cannot be merged: the shard 2/2 cannot be found; give all folders, or run --shard 2/2.',
      ],
      [[...parts, parts[0]], `shard 1 of 2 occurs twice: ${parts[0]} and ${parts[0]}; give it once.`],
      [[parts[0], empty], `There is no shard.json in ${empty} or directly below it;`],
      [[join(empty, 'nowhere')], 'cannot be read (ENOENT).'],
    ] as const) {
      const { exitCode, stdout, stderr, out } = await merge(...directories);
      expect([exitCode, stdout]).toEqual([3, '']);
      expect(linesOf(stderr)).toEqual([expect.stringContaining(complaint)]);
      expect(await readdir(out).catch(() => [])).toEqual([]);
    }
  });

  for (const [name, change, complaint] of [
    [
      'other-target',
      (part: Part) => ({
        ...part,
        header: { ...part.header, target: { ...part.header.target, baseUrl: 'http://127.0.0.1:9' } },
      }),
      /^The shards cannot be merged: shards 1 and 2 have different targets: http:.* and http:\/\/127\.0\.0\.1:9; run/,
    ],
    [
      'other-catalogue',
      (part: Part) => ({
        ...part,
        header: { ...part.header, suite: { ...part.header.suite, catalogueDigest: 'sha256:0' } },
      }),
      /shard\.json has another catalogue than this suite; merge with the suite that ran it\.$/,
    ],
    [
      'damaged',
      ({ results: _, ...part }: Part) => part,
      /shard\.json is damaged, at results: .*; run the shard/,
    ],
    [
      'foreign',
      () => ({ tests: 3 }),
      /shard\.json is not a shard that this suite can read \(1\.0\); merge with/,
    ],
  ] as const) {
    test(`a part that is ${name} is exit 3 and a sentence`, async () => {
      const { exitCode, stdout, stderr } = await merge(parts[0], await changed(name, change));
      expect([exitCode, stdout]).toEqual([3, '']);
      expect(linesOf(stderr)).toEqual([expect.stringMatching(complaint)]);
    });
  }

  test('a part is gone once a whole run is written to its directory, and too many shards are refused', async () => {
    const args = ['run', '-g', 'token/signature-present/stripped:', '--out', parts[1]];
    const many = await cli([...args, '--shard', '1/2']);
    expect(many.exitCode).toBe(3);
    expect(linesOf(many.stderr)).toEqual([
      '--shard 1/2 divides 1 scenario; ask for no more shards than that.',
    ]);
    expect(await readdir(parts[1])).toContain('shard.json');
    await cli([...args, '--depth', 'quick']);
    expect(await readdir(parts[1])).not.toContain('shard.json');
  });
});
