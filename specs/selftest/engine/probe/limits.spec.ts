import { expect, test } from '@playwright/test';
import { createProber, type ProbeLabel } from '../../../../harness/engine/probe/prober.ts';
import { json, startServer } from '../../support/server.ts';

const label: ProbeLabel = { variant: 'valid', credential: { description: 'write key' }, presented: [] };
const options = { userAgent: 'me/1', timeoutMs: 5000, concurrency: 4, maxRequestsPerSecond: undefined };

test('503 is waited for if it says when to come back, and is sent again if it does not', async () => {
  for (const [headers, statuses] of [
    [{ 'retry-after': '0' }, [200, 2]],
    [{}, [200, 2]],
    [{ 'retry-after': 'soon' }, [200, 2]],
  ] as const) {
    const server = await startServer((_seen, response, index) => {
      if (index === 0) response.writeHead(503, headers).end();
      else json(response, 200, {});
    });
    const probe = createProber(options);
    try {
      const wire = { method: 'GET', url: server.url, headers: [] };
      const { response, failure } = await probe.send(wire, label);
      expect([response?.status, probe.requests, failure]).toEqual([...statuses, undefined]);
    } finally {
      probe.dispose();
      await server.close();
    }
  }
});
