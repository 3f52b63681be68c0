import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@playwright/test';
import { startReference } from '../../harness/reference/start.ts';
import type { Report } from '../../harness/report/schema.ts';
import { requirementsThat, runEngine } from './support/engine.ts';

test.describe.configure({ timeout: 120_000 });

const operations = ['GET /v1/version', 'GET /v1/events', 'POST /v1/users/fetch'];
const perPage = 3;

/** Runs against a server with pages of three events, whose last page shows everything to everybody. */
async function withPages(leaking: boolean): Promise<{ report: Report; asked: string[] }> {
  const server = await startReference();
  const { write, otherProjectWrite } = server.keys;
  for (let event = 0; event < 7; event += 1) await createEvent(server.url, otherProjectWrite);
  const asked: string[] = [];
  const front = createServer((incoming, outgoing) => {
    const { method = '', url = '', headers } = incoming;
    const { pathname, searchParams } = new URL(url, server.url);
    const listing = method === 'GET' && pathname === '/v1/events';
    const page = Number(searchParams.get('page'));
    const own = headers.authorization?.includes(otherProjectWrite) === true;
    if (listing && own) asked.push(String(page));
    const everything = listing && own && leaking && page === 3;
    const onward = request(
      listing && own
        ? `${server.url}/v1/events?page=${everything ? 1 : page}&limit=${perPage}`
        : server.url + url,
      { method, headers: everything ? { ...headers, authorization: `Bearer ${write}` } : headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(outgoing);
      },
    );
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  const { port } = front.address() as AddressInfo;
  const environment = { ...server.environment, MUFI_BASE_URL: `http://127.0.0.1:${port}` };
  try {
    return {
      report: await runEngine(environment, { depth: 'full', operations, families: ['isolation'] }),
      asked,
    };
  } finally {
    front.close();
    front.closeAllConnections();
    await server.close();
  }
}

async function createEvent(url: string, key: string): Promise<void> {
  const body = { name: 'one of many', start_date: 1, end_date: 2, location: 'here', address: 'there' };
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const made = await fetch(`${url}/v1/events/create`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  expect(made.ok).toBe(true);
}

test('what a list shows of another project on a later page only is found', async () => {
  const { report } = await withPages(true);
  expect(requirementsThat(report, 'fail')).toEqual(['isolation/nothing-foreign-in-lists']);
});

test('a list is read until a page has nothing new, and what is clean passes', async () => {
  const { report, asked } = await withPages(false);
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([]);
  // Seven events and the one of the fixture fill two pages and a part; the fourth page is empty.
  expect(asked.join(' ')).toContain('1 2 3 4');
  expect(asked).not.toContain('5');
});
