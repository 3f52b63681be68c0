import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { readConfiguration } from '../../../../harness/engine/configuration/configuration.ts';
import type { Evidence } from '../../../../harness/engine/evidence/evidence.ts';
import { capabilitiesOf } from '../../../../harness/engine/preflight/capabilities.ts';
import { alpnOf } from '../../../../harness/engine/probe/tls-look.ts';
import { replayRun } from '../../../../harness/engine/run/replay.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { run } from '../../support/cli.ts';
import { runEngine, runReference } from '../../support/engine.ts';
import { base } from '../../support/environments.ts';
import { only, recordRun } from '../../support/recorded.ts';

test.describe.configure({ timeout: 120_000 });

const id = 'transport/http2-like-http1';
const scenarios = /^transport\/(http2-like-http1|https-used)\//;
const family = { families: ['transport'], scenarios, depth: 'quick' } as const;

for (const [baseUrl, protocol, found] of [
  ['http://host', undefined, 'have'],
  ['https://host', undefined, 'have'],
  ['https://host', 'h2', 'have'],
  ['https://host', 'http/1.1', 'absent'],
  ['https://host', '', 'absent'],
] as const) {
  test(`of ${baseUrl} that selects ${JSON.stringify(protocol)}, HTTP/2 is: ${found}`, () => {
    const target = readConfiguration({ ...base, MUFI_BASE_URL: baseUrl });
    const inputs = { target, baseUrl, features: undefined, publicKeyKnown: false, protocol };
    expect(capabilitiesOf(inputs).get('http2')).toBe(found);
  });
}

test('a target over HTTPS without HTTP/2 is not held to it', async () => {
  const report = await runReference({ tls: true }, family);
  const [own] = report.requirements.filter((one) => one.id === id);
  expect([own?.verdict, own?.reason]).toEqual(['not-applicable', 'the target does not offer http2']);
  expect(report.profiles.find((one) => one.id === 'transport')).toMatchObject({
    claimed: true,
    verdict: 'conformant',
  });
});

test('a target over plain HTTP is not tested over HTTP/2, and the report says what unlocks it', async () => {
  const report = await runReference({}, family);
  expect(report.requirements.find((one) => one.id === id)?.verdict).toBe('not-tested');
  expect(report.notTested.map(({ capability }) => capability)).toEqual(['https']);
});

const verdictsOf = ({ requirements }: Report) =>
  requirements.flatMap((one) => one.scenarios.map((scenario) => [scenario.id, scenario.verdict]));

/** The verdict of each scenario from its recording; nothing is sent. */
async function againOf(evidence: Evidence) {
  const { results } = await replayRun(evidence, only(id), () => undefined);
  return results.map(({ scenario, verdict }) => [scenario, verdict]);
}

test('a run over HTTP/2 is judged again from its recording, with streams of one connection among it', async () => {
  const catalogue = only(id);
  const good = await recordRun({ variants: ['http2'] }, catalogue);
  expect(good.report.requirements.map(({ verdict }) => verdict)).toEqual(['pass']);
  const versions = new Set(good.report.exchanges.map(({ request }) => request.version));
  expect([...versions]).toContain('HTTP/2');
  expect(await againOf(good.evidence)).toEqual(verdictsOf(good.report));
  const bad = await recordRun({ faults: ['http2-connection-keeps-permission'] }, catalogue);
  expect(await againOf(bad.evidence)).toEqual(verdictsOf(bad.report));
  const failing = bad.report.requirements[0]?.scenarios.filter(({ verdict }) => verdict === 'fail');
  expect(failing?.map((one) => one.id)).toEqual([`${id}/streams-in-turn`, `${id}/streams-at-once`]);
  const [cell] = failing?.[0]?.cells.filter(({ findings }) => findings.length > 0) ?? [];
  expect(cell?.findings).toEqual([
    expect.objectContaining({
      kind: 'let-in',
      message:
        'the answer to the read key on a connection of its own was 403; as one of several streams it is 200',
    }),
  ]);
  const shown = bad.report.exchanges.find((one) => one.id === cell?.findings[0]?.exchange);
  expect(shown?.replay.match(/--http2/g)).toHaveLength(2);
  expect(shown?.replay).toContain(' --next ');
  for (const key of bad.keys) expect(JSON.stringify([bad.report, bad.evidence])).not.toContain(key);
});

test('the replay line of a request over HTTP/2 sends it over HTTP/2', async () => {
  test.skip(!/HTTP2/.test(String(spawnSync('curl', ['--version']).stdout)), 'curl has no HTTP/2');
  const server = await startReference({ variants: ['http2'], faults: ['http2-needs-no-key'] });
  try {
    const report = await runEngine(server.environment, { ...family, scenarios: /http2-like-http1\/no-key$/ });
    const finding = report.requirements
      .flatMap((one) => one.scenarios.flatMap(({ cells }) => cells))
      .flatMap(({ findings }) => findings)[0];
    const replay = report.exchanges.find((one) => one.id === finding?.exchange)?.replay ?? '';
    const environment = { ...server.environment, CURL_CA_BUNDLE: server.caFile ?? '' };
    const { stdout } = await run('sh', ['-c', replay], { environment });
    expect(stdout).toMatch(/^HTTP\/2 200/);
    expect(await alpnOf(server.url, { timeoutMs: 5_000, caFile: server.caFile })).toBe('h2');
    expect(await alpnOf('https://127.0.0.1:1', { timeoutMs: 5_000 })).toBeUndefined();
  } finally {
    await server.close();
  }
});
