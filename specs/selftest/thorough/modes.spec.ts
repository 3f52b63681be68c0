import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse, stringify } from 'yaml';
import { bundledDocument, operationsOf } from '../../../harness/engine/configuration/operations.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import {
  cli,
  conformance,
  into,
  linesOf,
  type RecordedRequest,
  type Recorder,
  repository,
  startRecorder,
  through,
} from '../support/cli.ts';
import { findingsOf, leaveFixture, requirementsThat, runEngine } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

/** Uses a reference server, with a recorder in front of it, and stops both. */
async function withServer(
  faults: readonly string[],
  use: (environment: Record<string, string>, recorder: Recorder, server: Reference) => Promise<void>,
): Promise<void> {
  const server = await startReference({ faults });
  const recorder = await startRecorder(server.url);
  try {
    await use(through(recorder, server.url, server.environment), recorder, server);
  } finally {
    await recorder.close();
    await server.close();
  }
}

const patterns = operationsOf(bundledDocument).map(({ method, path, permission }) => ({
  permission,
  method,
  path: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
}));

/**
 * Requests that only a write operation can be meant by: they have its path, with a method that no read operation has
 * there.
 */
function writesAmong(seen: readonly RecordedRequest[]): RecordedRequest[] {
  const meant = (permission: string, { path, method }: RecordedRequest, exact: boolean): boolean =>
    patterns.some(
      (pattern) =>
        pattern.permission === permission && pattern.path.test(path) && (!exact || pattern.method === method),
    );
  return seen.filter((request) => meant('write', request, false) && !meant('read', request, true));
}

test('-g runs one family only, and the verdict is partial', async () => {
  await withServer([], async (environment) => {
    const args = ['--depth', 'quick', '-g', 'expiry/'];
    const { exitCode, report } = await conformance(test.info().outputPath('report'), args, { environment });
    expect(exitCode).toBe(2);
    expect(report.verdict).toBe('partial');
    expect(report.reason).toBe(
      'not everything ran: -g expiry/ selects only a part (depth quick: the scenarios that catch the most faults, on one read and one write operation)',
    );
    expect(report.options.selection).toBe('expiry/');
    const tested = report.requirements.filter(({ verdict }) => verdict !== 'not-tested');
    expect([...new Set(tested.map(({ family, verdict }) => `${family} ${verdict}`))]).toEqual([
      'expiry pass',
    ]);
    const left = report.requirements.filter(({ verdict }) => verdict === 'not-tested');
    expect([...new Set(left.map(({ reason }) => reason))]).toEqual(['-g expiry/ selects only a part']);
    expect(report.counts.requirements).toBe(tested.length);
  });
});

test('a shard alone is partial', async () => {
  const args = ['--depth', 'quick', '--shard', '2/12'];
  const { exitCode, report } = await conformance(test.info().outputPath('report'), args);
  expect(exitCode).toBe(2);
  expect(report.verdict).toBe('partial');
  const all = report.requirements.reduce((sum, { scenarios }) => sum + scenarios.length, 0);
  expect(report.counts.scenarios).toBeLessThan(all);
  expect(report.counts.scenarios).toBeGreaterThan(0);
  const said = /^not everything ran: (\d+) scenarios did not run \(depth quick: /.exec(report.reason)?.[1];
  const left = report.requirements.flatMap(({ scenarios }) =>
    scenarios.filter(({ reason }) => reason === `${said} scenarios did not run`),
  );
  expect(left).toHaveLength(Number(said));
  expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([]);
});

test('mode observe sends nothing to a write operation, whatever the scenario', async () => {
  await withServer([], async (environment, recorder, server) => {
    await leaveFixture(server.environment);
    const report = await runEngine(environment, { mode: 'observe', depth: 'full', atATime: 4 });
    expect([report.verdict, report.options.mode]).toEqual(['partial', 'observe']);
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([]);
    expect(recorder.seen.length).toBeGreaterThan(1500);
    expect(writesAmong(recorder.seen)).toEqual([]);
  });
});

test('mode reject-only never presents an active write key to a write operation', async () => {
  await withServer([], async (environment, recorder, server) => {
    await leaveFixture(server.environment);
    const report = await runEngine(environment, { mode: 'reject-only', depth: 'full', atATime: 4 });
    expect([report.verdict, report.options.mode]).toEqual(['partial', 'reject-only']);
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([]);
    onlyRefused(recorder, server);
    expect(writesAmong(recorder.seen).length).toBeGreaterThan(500);
  });
});

/** Expects that no accepted key was used for a write, and that no write was carried out. */
function onlyRefused(recorder: Recorder, server: Reference): void {
  const writes = writesAmong(recorder.seen);
  const { write, longLived, otherProjectWrite } = server.keys;
  const presented = new Set(
    writes.map(({ authorization }) => /^bearer +(.+)$/i.exec(authorization ?? '')?.[1]),
  );
  for (const key of [write, longLived, otherProjectWrite]) expect(presented.has(key)).toBe(false);
  const odd = writes.filter(({ status }) => ![400, 401, 403].includes(status));
  expect(odd.map(({ method, path, status }) => `${status} ${method} ${path}`)).toEqual([]);
}

test('--mode is what the command line says: reject-only tries writes with keys to refuse, observe none', async () => {
  await withServer([], async (environment, recorder, server) => {
    await leaveFixture(server.environment);
    const selected = '^(presentation/key-required|permissions/)';
    for (const mode of ['observe', 'reject-only']) {
      const args = ['--mode', mode, '--depth', 'quick', '-g', selected];
      const { exitCode, report } = await conformance(test.info().outputPath(mode), args, { environment });
      expect([exitCode, report.verdict, report.options.mode]).toEqual([2, 'partial', mode]);
      expect(writesAmong(recorder.seen).length > 0).toBe(mode === 'reject-only');
    }
    onlyRefused(recorder, server);
  });
});

test('a production host is refused before anything is sent', async () => {
  await withServer([], async (environment, recorder) => {
    const production = { ...environment, MUFI_PRODUCTION_HOSTS: '127.0.0.1' };
    const out = test.info().outputPath('refused');
    const { exitCode, stderr } = await cli(into(out), { environment: production });
    expect(exitCode).toBe(3);
    expect(linesOf(stderr)).toEqual([
      '127.0.0.1 is a production host; the suite sends forged keys to it only with --allow-production 127.0.0.1.',
    ]);
    expect(recorder.connections()).toBe(0);
  });
});

test('a production host that is allowed is only observed, whatever mode was asked for', async () => {
  await withServer([], async (environment, recorder, server) => {
    await leaveFixture(server.environment);
    const production = { ...environment, MUFI_PRODUCTION_HOSTS: '127.0.0.1' };
    const selected = ['-g', '^(presentation/key-required|permissions/)'];
    const args = ['--allow-production', '127.0.0.1', '--mode', 'full', '--depth', 'quick', ...selected];
    const { report } = await conformance(test.info().outputPath('report'), args, { environment: production });
    expect([report.verdict, report.options.mode]).toEqual(['partial', 'observe']);
    expect(recorder.seen.length).toBeGreaterThan(50);
    expect(writesAmong(recorder.seen)).toEqual([]);
  });
});

for (const [flags, code, verdict, kind] of [
  [[], 2, 'partial', 'warn'],
  [['--strict'], 1, 'nonconformant', 'fail'],
] as const) {
  test(`a 401 without a challenge is ${verdict} and exit ${code} with ${flags.join() || 'no flag'}`, async () => {
    await withServer(['no-challenge'], async (environment) => {
      const args = ['--depth', 'quick', '-g', '^contract/', ...flags];
      const out = test.info().outputPath('report');
      const { exitCode, report } = await conformance(out, args, { environment });
      expect([exitCode, report.verdict]).toEqual([code, verdict]);
      expect(requirementsThat(report, 'warn', 'fail')).toEqual(['contract/challenge-present']);
      expect(requirementsThat(report, kind)).toEqual(['contract/challenge-present']);
      expect(findingsOf(report)).toEqual({ 'bad-challenge': ['contract/challenge-present'] });
    });
  });
}

test('a whole run whose only fault is a SHOULD is conformant', async () => {
  await withServer(['no-challenge'], async (environment) => {
    const report = await runEngine(environment, { depth: 'quick', atATime: 4 });
    expect(report.verdict).toBe('conformant');
    expect(requirementsThat(report, 'warn', 'fail')).toEqual(['contract/challenge-present']);
  });
});

test('--openapi holds bodies against a stricter document', async () => {
  const document = parse(readFileSync(join(repository, 'schemas', 'mufi.openapi.yaml'), 'utf8'));
  document.components.responses.Unauthorized.content['application/json'].schema = {
    type: 'object',
    required: ['code'],
    properties: { code: { const: 'bad_key' } },
  };
  const file = test.info().outputPath('stricter.yaml');
  await writeFile(file, stringify(document));
  await withServer([], async (environment) => {
    const args = ['--depth', 'quick', '--openapi', file, '-g', '^contract/'];
    const { exitCode, report } = await conformance(test.info().outputPath('report'), args, { environment });
    expect([exitCode, report.verdict]).toEqual([1, 'nonconformant']);
    expect(findingsOf(report)).toEqual({ 'bad-body': ['contract/body-matches-schema'] });
    expect(requirementsThat(report, 'fail', 'warn')).toEqual(['contract/body-matches-schema']);
  });
});
