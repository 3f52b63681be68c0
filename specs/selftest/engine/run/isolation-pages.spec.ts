import { expect, test } from '@playwright/test';
import type { Report } from '../../../../harness/model/report.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { requirementsThat, runEngine } from '../../support/engine.ts';
import { behind, type Front, type Instead } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

const operations = ['GET /v1/version', 'GET /v1/events', 'POST /v1/users/fetch'];
const perPage = 3;

/** Runs against a server with pages of three events; its last page shows every project's events to everybody. */
async function withPages(leaking: boolean): Promise<{ report: Report; asked: string[] }> {
  const server = await startReference();
  const { write, otherProjectWrite } = server.keys;
  for (let event = 0; event < 7; event += 1) await createEvent(server.url, otherProjectWrite);
  const asked: string[] = [];
  const front: Front = ({ method, url = '', headers }) => {
    const { pathname, searchParams } = new URL(url, server.url);
    const own = headers.authorization?.includes(otherProjectWrite) === true;
    if (method !== 'GET' || pathname !== '/v1/events' || !own) return undefined;
    const page = Number(searchParams.get('page'));
    asked.push(String(page));
    const everything = leaking && page === 3;
    return listOf(server.url, everything ? write : otherProjectWrite, everything ? 1 : page);
  };
  const options = { depth: 'full', operations, families: ['isolation'] } as const;
  try {
    const report = await behind(server.url, front, (url) =>
      runEngine({ ...server.environment, MUFI_BASE_URL: url }, options),
    );
    return { report, asked };
  } finally {
    await server.close();
  }
}

async function listOf(url: string, key: string, page: number): Promise<Instead> {
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/v1/events?page=${page}&limit=${perPage}`, { headers });
  return { status: answer.status, body: await answer.text() };
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
  // Seven events and that of the fixture fill two pages and a part of the third; the fourth page is empty.
  expect(asked.join(' ')).toContain('1 2 3 4');
  expect(asked).not.toContain('5');
});
