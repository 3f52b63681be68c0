import { expect, test } from '@playwright/test';
import { createProber, type ProbeLabel } from '../../../../harness/engine/probe/prober.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { findingsOf, requirementsThat, runEngine } from '../../support/engine.ts';
import { startHolding } from '../../support/holding.ts';
import { startRestarting } from '../../support/restarting.ts';
import { startServer } from '../../support/server.ts';

const label: ProbeLabel = {
  variant: 'valid',
  credential: { description: 'write key' },
  presented: [],
  operation: 'GET /v1/x',
  unmodified: true,
};
const options = { userAgent: 'me/1', timeoutMs: 200, concurrency: 4, maxRequestsPerSecond: undefined };
const silent = 'the target did not answer 3 requests in a row within 200 ms each';

test('nothing is sent any more to a target that was silent for three timeouts in a row', async () => {
  const server = await startServer((_seen, response, index) =>
    index === 0 ? response.end('{}') : undefined,
  );
  const probe = createProber(options);
  const wire = { method: 'GET', url: `${server.url}/v1/x`, headers: [] };
  try {
    expect((await probe.send(wire, label)).response?.status).toBe(200);
    // Requests that are in flight at the same time count once.
    const first = await Promise.all(Array.from({ length: 4 }, () => probe.send(wire, label)));
    expect(first.map(({ failure }) => failure?.kind)).toEqual(Array(4).fill('timeout'));
    expect(probe.exhausted).toBeUndefined();
    for (let time = 0; time < 4; time += 1) await probe.send(wire, label);
    const { length } = server.seen;
    expect(probe.exhausted).toBe(silent);
    expect((await probe.send(wire, label)).failure).toMatchObject({ kind: 'unreachable', message: silent });
    await expect(probe.connect(server.url)).rejects.toThrow('Silent: ');
    expect(server.seen.length).toBe(length);
    expect(length).toBeLessThan(10);
  } finally {
    probe.dispose();
    await server.close();
  }
});

test('a target that leaves only what it does not like without an answer is not silent', async () => {
  const server = await startServer(({ path }, response) =>
    path === '/v1/x' ? response.end('{}') : undefined,
  );
  const probe = createProber(options);
  const wire = { method: 'GET', url: `${server.url}/v1/x`, headers: [] };
  try {
    await probe.send(wire, label);
    for (let time = 0; time < 6; time += 1) await probe.send({ ...wire, url: `${server.url}/bad` }, label);
    expect(probe.exhausted).toBeUndefined();
    expect((await probe.send(wire, label)).response?.status).toBe(200);
  } finally {
    probe.dispose();
    await server.close();
  }
});

const one = (id: string) =>
  ({ depth: 'full', families: ['regeneration'], scenarios: new RegExp(`^${id}`) }) as const;

for (const [what, scenario] of [
  ['while a key is regenerated under load', 'regeneration/linearizable'],
  ['while caches are warmed', 'regeneration/caches-forget-at-once/warmed-then-regenerated'],
] as const) {
  for (const [how, isAll] of [
    ['to everybody', true],
    ['to one key', false],
  ] as const) {
    test(`a target that falls silent ${how} ${what} ends with one cause, not after an hour`, async () => {
      test.setTimeout(90_000);
      const server = await startReference();
      let uses = 0;
      const supplied = new Set(Object.values(server.environment));
      const holding = await startHolding(server.url, ({ url = '', headers }) => {
        const key = headers.authorization?.replace('Bearer ', '') ?? '';
        const isMade = !url.startsWith('/control') && key.split('.').length === 3 && !supplied.has(key);
        if (isMade) uses += 1;
        return uses < 150 || !(isMade || (isAll && !url.startsWith('/control')));
      });
      try {
        const environment = Object.entries(server.environment).map(
          ([name, value]) => [name, value.replace(server.url, holding.url)] as const,
        );
        const started = performance.now();
        const report = await runEngine(
          { ...Object.fromEntries(environment), MUFI_TIMEOUT_MS: '500' },
          one(scenario),
        );
        expect(uses).toBeGreaterThan(150);
        expect(performance.now() - started).toBeLessThan(60_000);
        expect(requirementsThat(report, 'fail', 'warn', 'pass')).toEqual([]);
        expect(report.verdict).toBe('inconclusive');
      } finally {
        await holding.close();
        await server.close();
      }
    });
  }
}

for (const [how, resets] of [
  ['refuses connections', false],
  ['resets connections', true],
] as const) {
  test(`a target that ${how} for half a second several times is waited for, and the verdict is a full one`, async () => {
    test.setTimeout(120_000);
    const server = await startReference();
    const target = await startRestarting(server.url, { everyMs: 800, downMs: 500, resets });
    try {
      // Key control stays the same: a call that is interrupted cannot be repeated.
      const environment = { ...server.environment, MUFI_BASE_URL: target.url, MUFI_REPLICA_URLS: '' };
      const report = await runEngine(environment, {
        depth: 'quick',
        families: ['presentation', 'token', 'permissions', 'regeneration'],
        atATime: 4,
      });
      expect(target.restarts()).toBeGreaterThan(0);
      expect(findingsOf(report)).toEqual({});
      expect(requirementsThat(report, 'fail', 'warn', 'inconclusive'), report.reason).toEqual([]);
    } finally {
      await target.close();
      await server.close();
    }
  });
}
