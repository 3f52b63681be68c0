import { expect, test } from '@playwright/test';
import { createProber, type ProbeLabel, type Prober } from '../../../../harness/engine/probe/prober.ts';
import type { WireRequest } from '../../../../harness/model/index.ts';
import { tellClock } from '../../support/clock.ts';
import { startLimiter } from '../../support/limiter.ts';
import { type Answer, json, startServer } from '../../support/server.ts';

const options = { userAgent: 'me/1', timeoutMs: 5000, concurrency: 8, maxRequestsPerSecond: undefined };
const good: ProbeLabel = {
  operation: 'GET /v1/version',
  variant: 'valid',
  credential: { description: 'write key' },
  presented: ['good'],
  unmodified: true,
};
const bad: ProbeLabel = { ...good, presented: ['bad'], unmodified: false };

/** A prober against a server, with its own clock; both end with the test. */
async function withServer<T>(
  answer: Answer,
  use: (probe: Prober, wire: (path: string, key?: string) => WireRequest, seen: () => number) => Promise<T>,
): Promise<T> {
  const server = await startServer(answer);
  const probe = createProber({ ...options, clock: tellClock() });
  try {
    const wire = (path: string, key = 'good'): WireRequest => {
      return { method: 'GET', url: `${server.url}${path}`, headers: [['Authorization', `Bearer ${key}`]] };
    };
    return await use(probe, wire, () => server.seen.length);
  } finally {
    probe.dispose();
    await server.close();
  }
}

for (const [status, retryAfter] of [[503], [429], [503, '0'], [429, '0']] as const) {
  const how = `${status}${retryAfter === undefined ? '' : ' with Retry-After'}`;
  test(`requests that are refused with ${how} are sent again until they are answered otherwise`, async () => {
    let refused = 0;
    const answer: Answer = (_seen, response, index) => {
      if (index % 3 === 2) return json(response, 200, {});
      refused += 1;
      response
        .writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter })
        .end('<p>busy</p>');
    };
    await withServer(answer, async (probe, wire) => {
      const labels = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? good : bad));
      const sent = await Promise.all(labels.map((label, index) => probe.send(wire(`/v1/${index}`), label)));
      expect(sent.map(({ response, failure }) => [response?.status, failure])).toEqual(
        labels.map(() => [200, undefined]),
      );
      expect(probe.overload.answers).toBeGreaterThan(0);
      expect(refused).toBeGreaterThanOrEqual(probe.overload.answers);
      expect(probe.exhausted).toBeUndefined();
    });
  });
}

for (const [status, retryAfter] of [[503], [429], [429, '0']] as const) {
  const how = `${status}${retryAfter === undefined ? '' : ' with Retry-After'}`;
  test(`a target that answers ${how} at one request a second too ends everything for one cause`, async () => {
    const answer: Answer = (_seen, response) =>
      response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end();
    await withServer(answer, async (probe, wire, seen) => {
      const sent = await Promise.all([good, bad, bad].map((label) => probe.send(wire('/v1/version'), label)));
      const { exhausted: why = '' } = probe;
      expect(why).toMatch(new RegExp(`answers ${status} at 1 request a second, .*MUFI_MAX_RPS`));
      expect(sent.map(({ failure }) => failure)).toMatchObject(
        sent.map(() => ({ kind: 'rate-limited', message: why })),
      );
      const before = seen();
      const { failure, response } = await probe.send(wire('/v1/version'), good);
      expect([failure?.message, response, seen() - before]).toEqual([why, undefined, 0]);
      expect(probe.overload.slowestPerSecond).toBe(1);
    });
  });
}

test('503 to every bad key and to no good one is an answer: it comes back, and soon costs one request each', async () => {
  const answer: Answer = ({ headers }, response) => {
    if (headers.authorization === 'Bearer good') json(response, 200, {});
    else response.writeHead(503).end();
  };
  await withServer(answer, async (probe, wire) => {
    const statuses: (number | undefined)[] = [];
    const costs: number[] = [];
    for (let round = 0; round < 30; round += 1) {
      statuses.push((await probe.send(wire('/v1/version'), good)).response?.status);
      const before = probe.requests;
      const { response, failure } = await probe.send(wire('/v1/version', `bad-${round}`), bad);
      statuses.push(response?.status);
      expect(failure).toBeUndefined();
      costs.push(probe.requests - before);
    }
    expect(statuses).toEqual(costs.flatMap(() => [200, 503]));
    expect(Math.max(...costs)).toBeLessThanOrEqual(8);
    expect(costs.slice(10)).toEqual(costs.slice(10).map(() => 1));
    expect([probe.overload, probe.exhausted]).toEqual([{ answers: 0 }, undefined]);
  });
});

test('a target that answers 503 to the first request, which carries no key, is asked with a key', async () => {
  const answer: Answer = ({ headers }, response) =>
    response.writeHead(headers.authorization === 'Bearer good' ? 200 : 503).end('{}');
  await withServer(answer, async (probe, wire) => {
    const first = await probe.send({ ...wire('/v1/version'), headers: [] }, { ...bad, presented: [] });
    const second = await probe.send(wire('/v1/version'), good);
    expect([first.response?.status, first.failure, second.response?.status]).toEqual([503, undefined, 200]);
    expect(probe.overload).toEqual({ answers: 0 });
  });
});

test('503 to every request for one operation, whatever the key, is the answer of that operation', async () => {
  const answer: Answer = ({ path }, response) => {
    if (path === '/v1/away') response.writeHead(503).end();
    else json(response, 200, {});
  };
  await withServer(answer, async (probe, wire) => {
    await probe.send(wire('/v1/version'), good);
    const away = { ...good, operation: 'GET /v1/away' };
    for (let round = 0; round < 10; round += 1) {
      const { response, failure } = await probe.send(wire('/v1/away'), away);
      expect([response?.status, failure]).toEqual([503, undefined]);
    }
    expect((await probe.send(wire('/v1/away', 'bad'), bad)).response?.status).toBe(503);
    expect(probe.requests).toBeLessThan(50);
    expect([probe.overload, probe.exhausted]).toEqual([{ answers: 0 }, undefined]);
  });
});

test('the first request of a run that is answered 503 for what it is needs no other to show it', async () => {
  const answer: Answer = ({ path }, response) => response.writeHead(path === '/v1/away' ? 503 : 404).end();
  await withServer(answer, async (probe, wire) => {
    const { response, failure } = await probe.send(wire('/v1/away'), good);
    expect([response?.status, failure, probe.overload.answers]).toEqual([503, undefined, 0]);
  });
});

test('a target that is away for a while is waited for, and the run goes on', async () => {
  let left = 60;
  const answer: Answer = (_seen, response) => {
    left -= 1;
    response.writeHead(left > 50 || left < 42 ? 200 : 503).end('{}');
  };
  await withServer(answer, async (probe, wire) => {
    for (let request = 0; request < 30; request += 1) {
      const { response, failure } = await probe.send(wire(`/v1/${request % 3}`), request % 2 ? good : bad);
      expect([response?.status, failure]).toEqual([200, undefined]);
    }
    expect(probe.overload.answers).toBeGreaterThan(0);
  });
});

test('a limiter in front passes everything in the end, and rejects far less than it passes', async () => {
  const server = await startServer((_seen, response) => json(response, 200, {}));
  const limiter = await startLimiter(server.url, { perSecond: 200, burst: 0, status: 503 });
  const probe = createProber(options);
  try {
    const url = `${limiter.url}/v1/version`;
    const labels = Array.from({ length: 300 }, (_, index) => (index % 2 === 0 ? good : bad));
    const sent = await Promise.all(
      labels.map((label) => probe.send({ method: 'GET', url, headers: [] }, label)),
    );
    expect(sent.filter(({ response }) => response?.status !== 200)).toEqual([]);
    expect(probe.overload.slowestPerSecond).toBeGreaterThanOrEqual(1);
  } finally {
    probe.dispose();
    await limiter.close();
    await server.close();
  }
});
