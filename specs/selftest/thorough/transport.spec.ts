import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../harness/engine/configuration/configuration.ts';
import { bundledDocument, operationsOf } from '../../../harness/engine/configuration/operations.ts';
import { readOptions } from '../../../harness/engine/configuration/options.ts';
import { type Control, ControlError } from '../../../harness/engine/key-control/protocol.ts';
import { madeUpKey, withExpendableKey } from '../../../harness/engine/procedures/plain-port.ts';
import { runAll, runPreflight } from '../../../harness/engine/run/index.ts';
import type { CellContext, CellOutcome } from '../../../harness/engine/session/cell.ts';
import { http2 } from '../../../harness/reference/faults/http2.ts';
import { transport } from '../../../harness/reference/faults/transport.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { sentenceOf } from '../../../harness/report/render/reasons/index.ts';
import { worded } from '../../../harness/report/worded.ts';
import { transport as family } from '../../requirements/transport/index.ts';
import { conformance, linesOf, startCli, startRecorder } from '../support/cli.ts';
import { requirementsThat } from '../support/engine.ts';
import { fakeKey } from '../support/keys.ts';
import { startSockets } from '../support/server.ts';

test.describe.configure({ timeout: 120_000 });

async function withServer(
  faults: readonly string[],
  use: (server: Reference) => Promise<void>,
): Promise<void> {
  const server = await startReference({ tls: true, faults });
  await use(server).finally(() => server.close());
}

test('a server over HTTPS keeps core and transport', async () => {
  await withServer([], async ({ environment, plainUrl }) => {
    const args = ['--profile', 'core,transport', '--depth', 'quick', '--strict'];
    const out = test.info().outputPath('report');
    const { exitCode, stderr, report } = await conformance(out, args, { environment });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive', 'not-tested')).toEqual([]);
    const claimed = report.profiles.filter((profile) => profile.claimed);
    expect(claimed.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'core conformant',
      'transport conformant',
    ]);
    expect(report.configuration).toContainEqual({ name: 'MUFI_HTTP_URL', value: plainUrl });
  });
});

test('a server that writes over plain HTTP before it redirects fails, with the trace as evidence', async () => {
  await withServer(['plain-http-writes-then-redirects'], async ({ environment }) => {
    const out = test.info().outputPath('report');
    const { exitCode, stdout, report } = await conformance(out, ['-g', 'transport/'], { environment });
    expect(exitCode).toBe(1);
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([
      'transport/plain-http-refused',
    ]);
    const [finding] = report.requirements
      .flatMap(({ scenarios }) => scenarios.flatMap(({ cells }) => cells))
      .flatMap(({ findings }) => findings);
    expect(finding).toMatchObject({
      kind: 'side-effect',
      message: 'the rejected request wrote: firstName has the text that it sent',
    });
    const shown = report.exchanges.find(({ id }) => id === finding?.exchange);
    expect(shown?.request.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\/users\/create$/);
    expect(shown?.response?.status).toBe(308);
    expect(stdout).toContain('transport/plain-http-refused');
  });
});

test('transport that is asked of a target behind plain HTTP is not tested, and the report says what unlocks it', async () => {
  const args = ['--profile', 'core,transport', '--depth', 'quick'];
  const server = await startReference();
  const { environment } = server;
  const ended = conformance(test.info().outputPath('report'), args, { environment });
  const { exitCode, report } = await ended.finally(() => server.close());
  expect([exitCode, report.verdict, report.reason]).toEqual([
    2,
    'partial',
    'transport: transport/https-used and 5 more were not tested because https (MUFI_BASE_URL) is missing (depth quick: the scenarios that catch the most faults, on one read and one write operation)',
  ]);
  const own = report.requirements.filter(({ profile }) => profile === 'transport');
  expect(new Set(own.map(({ verdict }) => verdict))).toEqual(new Set(['not-tested']));
  const unlocks = report.notTested.map(({ capability, variables }) => [capability, variables]);
  expect(unlocks).toContainEqual(['https', ['MUFI_BASE_URL']]);
});

/** Runs this family alone, with a change to what the preflight found. */
async function look(
  environment: Readonly<Record<string, string>>,
  change: 'nothing' | 'no expendable key' = 'nothing',
) {
  const target = readConfiguration(environment);
  const { baseUrl = '' } = target;
  const inputs = { target, baseUrl, options: readOptions({}), catalogue: [family] };
  const { state, finish } = await runPreflight(inputs);
  const capabilities = state.capabilities.map(
    ([name, found]) => [name, change !== 'nothing' && name === 'expendable-key' ? 'missing' : found] as const,
  );
  const results = await runAll([family], { ...state, capabilities }, undefined, 4);
  await finish();
  return new Map(results.map(worded).map(({ scenario, verdict, reason }) => [scenario, { verdict, reason }]));
}

const refused = 'transport/plain-http-refused';

/** Every key that the server issued before the run. */
const supplied = ({ keys }: Reference): string[] => Object.values(keys);

test('only a made-up key, and one that is created for this and revoked afterwards, are sent unencrypted', async () => {
  await withServer([], async (server) => {
    const recorder = await startRecorder();
    try {
      const results = await look({ ...server.environment, MUFI_HTTP_URL: recorder.url });
      expect(results.get(`${refused}/living-key`)).toEqual({ verdict: 'pass', reason: undefined });
      const sent = new Set(recorder.seen.map(({ authorization }) => authorization?.slice('Bearer '.length)));
      const living = [...sent].filter((key) => key !== madeUpKey.literal);
      expect(sent.has(madeUpKey.literal)).toBe(true);
      // Two scenarios, each repeated twice: the recorder fails on everything.
      expect(living).toHaveLength(6);
      for (const key of living) {
        expect(supplied(server)).not.toContain(key);
        expect(await statusOver(server, String(key))).toBe(401);
      }
    } finally {
      await recorder.close();
    }
  });
});

/** GET /v1/version over HTTPS. */
function statusOver({ url, caFile = '' }: Reference, key: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}` };
    const asked = request(`${url}/v1/version`, { headers, ca: readFileSync(caFile), agent: false });
    asked.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
    asked.end();
  });
}

test('without key control nothing of a supplied key leaves the machine, and what cannot be determined is left open', async () => {
  await withServer(['plain-http-serves'], async (server) => {
    const { MUFI_CONTROL_URL: _url, MUFI_CONTROL_TOKEN: _token, ...environment } = server.environment;
    const recorder = await startRecorder(server.plainUrl);
    try {
      const results = await look({ ...environment, MUFI_HTTP_URL: recorder.url }, 'no expendable key');
      expect(results.get(`${refused}/living-key`)).toEqual({
        verdict: 'not-tested',
        reason: 'this run has no expendable-key',
      });
      expect(results.get(`${refused}/invented-key`)).toEqual({
        verdict: 'inconclusive',
        reason: `${recorder.url} rejects a made-up key with 401, as the API does over HTTPS, so it may accept an active key; offer key control to find out`,
      });
      expect(new Set(recorder.seen.map(({ authorization }) => authorization))).toEqual(
        new Set([`Bearer ${madeUpKey.literal}`]),
      );
    } finally {
      await recorder.close();
    }
  });
});

test('on loopback the supplied key shows what a server does in the clear', async () => {
  await withServer(['plain-http-serves'], async ({ environment: all }) => {
    const { MUFI_CONTROL_URL: _url, MUFI_CONTROL_TOKEN: _token, ...environment } = all;
    const results = await look(environment);
    expect(results.get(`${refused}/living-key`)?.verdict).toBe('fail');
    expect(results.get(`${refused}/no-trace`)?.verdict).toBe('fail');
  });
});

test('an address that nobody knows is no proof of anything', async () => {
  await withServer([], async ({ environment }) => {
    const results = await look({ ...environment, MUFI_HTTP_URL: 'http://nobody.invalid' });
    expect(results.get(`${refused}/invented-key`)).toEqual({
      verdict: 'inconclusive',
      reason: 'http://nobody.invalid cannot be tried: the host name is unknown; check MUFI_HTTP_URL',
    });
  });
});

/** What did not pass, and would have passed on a server that selects HTTP/2 as well. */
function exceptions(results: Awaited<ReturnType<typeof look>>): unknown[] {
  return [...results].filter(
    ([id, { verdict, reason }]) =>
      verdict !== 'pass' &&
      !(id.startsWith('transport/http2-like-http1/') && reason === 'the target does not offer http2'),
  );
}

test('if plain HTTP is accepted and never answered, one wait is enough', async () => {
  const silent = await startSockets(() => undefined);
  try {
    await withServer([], async ({ environment }) => {
      const results = await look({ ...environment, MUFI_HTTP_URL: silent.url, MUFI_TIMEOUT_MS: '3000' });
      expect(exceptions(results)).toEqual([]);
      const reason = `nothing answers at ${silent.url}: no complete answer within 3000 ms`;
      expect(results.get(`${refused}/living-key`)).toEqual({ verdict: 'pass', reason });
      expect(silent.requests()).toBe(1);
    });
  } finally {
    await silent.close();
  }
});

/** The part of a context that lending a key needs. */
function lending(control: Partial<Control> | undefined, baseUrl: string): CellContext {
  const operations = operationsOf(bundledDocument).slice(0, 1);
  const target = { keys: {} };
  const session = { control, state: { baseUrl, target, options: {} }, redactor: { add: () => undefined } };
  return {
    session,
    planned: { id: 'x', operations, scenario: {} },
    observer: () => [],
  } as unknown as CellContext;
}

test('a key that was sent in the clear and cannot be revoked is named', async () => {
  const made = { id: 'k-1', key: fakeKey(), project_id: 'p', permission: 'write' } as const;
  const context = lending(
    {
      createKey: async () => made,
      revokeKey: async () => {
        throw new ControlError('key control answers revoke-key with 500');
      },
    },
    'https://host',
  );
  const [operation] = context.planned.operations;
  const passed: CellOutcome = {
    cell: { operation: operation!.id, verdict: 'pass', findings: [], exchanges: [] },
    records: [],
    observed: [],
  };
  const [outcome] = await withExpendableKey(context, async (key) => {
    expect(key).toMatchObject({ value: made.key, controlId: 'k-1' });
    return [passed];
  });
  expect(outcome?.cell.verdict).toBe('inconclusive');
  expect(outcome?.cell.because?.code).toBe('revoke-by-hand');
  expect(sentenceOf(outcome!.cell.because!)).toBe(
    'key control answers revoke-key with 500; the key k-1 was sent unencrypted, so revoke it by hand',
  );
});

test('without key control no key is lent to what leaves the machine', async () => {
  const never = async () => {
    throw new Error('a key was lent');
  };
  await expect(withExpendableKey(lending(undefined, 'https://host'), never)).rejects.toThrow(
    'x has no key that may be sent unencrypted',
  );
});

test('reference --tls prints everything that a run needs', async () => {
  const child = startCli(['reference', '--tls', '--port', '0']);
  try {
    const text = await new Promise<string>((resolve) => {
      let seen = '';
      child.stdout.on('data', (data) => {
        seen += String(data);
        if (seen.includes('NODE_EXTRA_CA_CERTS')) resolve(seen);
      });
    });
    const exported = Object.fromEntries(
      linesOf(text).map((line) => /^export (\w+)='(.*)'$/.exec(line)?.slice(1) ?? []),
    ) as Record<string, string>;
    expect(exported.MUFI_BASE_URL).toMatch(/^https:/);
    const results = await look(exported);
    expect(exceptions(results)).toEqual([]);
  } finally {
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('close', resolve));
  }
});

test('a fault that reads plain HTTP does not go together with TLS', async () => {
  const child = startCli(['reference', '--tls', '--port', '0', '--fault', 'front-repairs-syntax']);
  let said = '';
  child.stderr.on('data', (data) => (said += String(data)));
  const code = await new Promise((resolve) => child.once('close', resolve));
  expect([code, said.trim()]).toEqual([3, 'The fault front-repairs-syntax reads plain HTTP; remove --tls.']);
});

test('every requirement of the family is broken by a fault of its own', () => {
  const claimed = new Set(
    family.requirements.flatMap(({ scenarios }) => scenarios.flatMap((one) => one.catches)),
  );
  expect([...claimed].sort()).toEqual([...transport, ...http2].map(({ id }) => id).sort());
});
