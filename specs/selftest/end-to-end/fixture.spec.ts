import { expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { type Recorder, startRecorder, through } from '../support/cli.ts';
import { requirementsThat, runEngine } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

test('a second run finds what the first one left, and adds no user, event, product or item', async () => {
  const server = await startReference();
  const recorder = await startRecorder(server.url);
  try {
    const environment = through(recorder, server.url, server.environment);
    const first = await runEngine(environment, { depth: 'full' });
    const found = await holdings(server.url, server.keys.write);
    const made = madeSoFar(recorder);
    const second = await runEngine(environment, { depth: 'full' });
    expect([first.verdict, second.verdict]).toEqual(['conformant', 'conformant']);
    expect(requirementsThat(second, 'warn', 'inconclusive')).toEqual([]);
    expect(made.events).toBeGreaterThan(0);
    expect(made.products).toBeGreaterThan(0);
    expect(made.items).toBeGreaterThan(0);
    expect(await holdings(server.url, server.keys.write)).toEqual(found);
    expect(madeSoFar(recorder)).toEqual(made);
  } finally {
    await recorder.close();
    await server.close();
  }
});

async function holdings(url: string, key: string): Promise<{ users: number; events: number }> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const fetched = await fetch(`${url}/v1/users/fetch`, { method: 'POST', headers, body: '{"limit":1}' });
  const listed = await fetch(`${url}/v1/events?page=1&limit=100`, { headers });
  const { total } = (await fetched.json()) as { total: number };
  const { events } = (await listed.json()) as { events: unknown[] };
  return { users: total, events: events.length };
}

/** How often each thing that nothing lists was made, by the answers. */
function madeSoFar({ seen }: Recorder): { events: number; products: number; items: number } {
  const count = (path: RegExp): number =>
    seen.filter((request) => request.method === 'POST' && path.test(request.path) && request.status < 300)
      .length;
  return {
    events: count(/^\/v1\/events\/create$/),
    products: count(/^\/v1\/products$/),
    items: count(/^\/v1\/products\/[^/]+\/items$/),
  };
}
