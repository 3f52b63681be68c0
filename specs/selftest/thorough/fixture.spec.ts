import { expect, test } from '@playwright/test';
import { startReference } from '../../../harness/reference/start.ts';
import { ended, into, reportIn, startCli, startRecorder, through } from '../support/cli.ts';
import { requirementsThat, runEngine } from '../support/engine.ts';
import { ask, madeSoFar } from '../support/fixtures.ts';

test.describe.configure({ timeout: 300_000 });

test('a second run finds what the first one left, and adds no user, event, product or item', async () => {
  const server = await startReference();
  const recorder = await startRecorder(server.url);
  try {
    const environment = through(recorder, server.url, server.environment);
    const first = await runEngine(environment, { depth: 'full', atATime: 4 });
    const found = await holdings(server.url, server.keys.write);
    const made = madeSoFar(recorder);
    const second = await runEngine(environment, { depth: 'full', atATime: 4 });
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

test('a run that is cut short leaves nothing behind that the next one makes again or stumbles over', async () => {
  const servers = [await startReference(), await startReference()] as const;
  const [server, untouched] = servers;
  const recorders = [await startRecorder(server.url), await startRecorder(untouched.url)] as const;
  const [recorder, clean] = recorders;
  try {
    const environment = through(recorder, server.url, server.environment);
    const out = test.info().outputPath('report');
    const child = startCli(into(out, '--depth', 'quick'), { environment });
    const end = ended(child);
    const poll = { timeout: 60_000, intervals: [50] };
    await expect.poll(() => recorder.seen.length, poll).toBeGreaterThan(250);
    child.kill('SIGINT');
    expect((await end).exitCode).toBe(2);
    expect((await reportIn(out)).interrupted).toBe(true);
    await leaveWithOther(server.url, server.keys.write, 'main');
    await leaveWithOther(server.url, server.keys.otherProjectWrite, 'other-project');

    const whole = await runEngine(environment, { depth: 'quick', atATime: 4 });
    expect(whole.verdict).toBe('conformant');
    expect(requirementsThat(whole, 'fail', 'warn', 'inconclusive')).toEqual([]);
    const once = { depth: 'quick', atATime: 4 } as const;
    await runEngine(through(clean, untouched.url, untouched.environment), once);
    const [left, wanted] = await Promise.all(servers.map(({ url, keys }) => holdings(url, keys.write)));
    expect(left).toEqual(wanted);
    expect(madeSoFar(recorder)).toEqual(madeSoFar(clean));
  } finally {
    await Promise.all([...recorders, ...servers].map((one) => one.close()));
  }
});

/** What is left of a run that ends between the two transfers of an item. */
async function leaveWithOther(url: string, key: string, label: string): Promise<void> {
  const { description } = await ask(url, key, `events/conformance-event-${label}`);
  const [, product, item] = /product=(\S+) item=(\S+)/.exec(String(description)) ?? [];
  const idOf = async (which: string): Promise<unknown> =>
    (await ask(url, key, 'users/profile', { email: `conformance-${label}-${which}@example.com` })).id;
  await ask(url, key, `products/${product}/transfer`, {
    product_item_id: item,
    sender_user_id: await idOf('one'),
    recipient_user_id: await idOf('two'),
  });
}

async function holdings(url: string, key: string): Promise<{ users: number; events: number }> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const fetched = await fetch(`${url}/v1/users/fetch`, { method: 'POST', headers, body: '{"limit":1}' });
  const listed = await fetch(`${url}/v1/events?page=1&limit=100`, { headers });
  const { total } = (await fetched.json()) as { total: number };
  const { events } = (await listed.json()) as { events: unknown[] };
  return { users: total, events: events.length };
}
