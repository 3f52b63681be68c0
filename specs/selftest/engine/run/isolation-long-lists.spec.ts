import { expect, test } from '@playwright/test';
import { defined } from '../../../../harness/model/defined.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { runEngine } from '../../support/engine.ts';
import { behind, type Front } from '../../support/front.ts';

test.describe.configure({ timeout: 120_000 });

const operations = ['GET /v1/version', 'GET /v1/events', 'POST /v1/users/fetch'];

/** How the server lists events for the keys of the second project. */
interface Listing {
  /** The largest page size; a larger one gets 400. */
  readonly most?: number;
  /** How many made-up events come before the real ones. */
  readonly before: number;
  /** How many come after them. */
  readonly after?: number;
  readonly foreign: boolean;
  readonly total?: (entries: number) => number | undefined;
  readonly status?: number;
}

interface ListResult {
  readonly verdict: string;
  readonly reasons: readonly string[];
  readonly asked: readonly string[];
}

/** Runs the list scenario of the write key against such a server. */
async function withListing(listing: Listing): Promise<ListResult> {
  const server = await startReference();
  const { write, otherProjectWrite, otherProjectRead } = server.keys;
  const others = [otherProjectWrite, otherProjectRead].map((key) => `Bearer ${key}`);
  const asked: string[] = [];
  const front: Front = ({ method, url = '', headers }) => {
    const { pathname, searchParams } = new URL(url, server.url);
    const isOther = others.includes(headers.authorization ?? '');
    if (method !== 'GET' || pathname !== '/v1/events' || !isOther) return undefined;
    const [page, limit] = ['page', 'limit'].map((name) => Number(searchParams.get(name)));
    if (headers.authorization === others[0]) asked.push(`${page}/${limit}`);
    return listed(server.url, write, listing, page ?? 1, limit ?? 10).then(([status, body]) => ({
      status,
      body: JSON.stringify(body),
    }));
  };
  try {
    const report = await behind(server.url, front, (url) =>
      runEngine(
        { ...server.environment, MUFI_BASE_URL: url },
        {
          depth: 'full',
          operations,
          families: ['isolation'],
          scenarios: /nothing-foreign-in-lists\/write-key/,
        },
      ),
    );
    return { ...cellOf(report), asked };
  } finally {
    await server.close();
  }
}

async function listed(
  url: string,
  key: string,
  { most = 100, before, after = 0, foreign, total = (entries) => entries, status }: Listing,
  page: number,
  limit: number,
): Promise<[number, object]> {
  if (status !== undefined) return [status, { error: 'no', message: 'No list for this key.' }];
  if (limit > most) return [400, { errors: [`limit must not be greater than ${most}`] }];
  const headers = { authorization: `Bearer ${key}` };
  const answer = await fetch(`${url}/v1/events?page=1&limit=100`, { headers });
  const { events } = (await answer.json()) as { events: { id: string }[] };
  const made = (count: number, from: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...events[0],
      id: `00000000-0000-4000-8000-${String(from + index).padStart(12, '0')}`,
      project_id: '00000000-0000-4000-8000-aaaaaaaaaaaa',
      description: null,
    }));
  const all = [...made(before, 0), ...(foreign ? events : []), ...made(after, before)];
  const whole = total(all.length);
  return [200, { events: all.slice((page - 1) * limit, page * limit), ...defined({ total: whole }) }];
}

function cellOf(report: Report): Pick<ListResult, 'verdict' | 'reasons'> {
  const scenario = report.requirements
    .flatMap(({ scenarios }) => scenarios)
    .find(({ id }) => id === 'isolation/nothing-foreign-in-lists/write-key');
  const cell = scenario?.cells.find(({ operation }) => operation === 'GET /v1/events');
  return { verdict: cell?.verdict ?? 'missing', reasons: cell?.reason === undefined ? [] : [cell.reason] };
}

test('a server that wants smaller pages is asked for smaller pages', async () => {
  const leaking = await withListing({ most: 50, before: 3, foreign: true });
  expect(leaking.verdict).toBe('fail');
  expect(leaking.asked).toEqual(['1/100', '1/50']);
  const clean = await withListing({ most: 10, before: 3, foreign: false });
  expect(clean).toMatchObject({ verdict: 'pass', reasons: [] });
  expect(clean.asked).toEqual(['1/100', '1/50', '1/10', '2/10']);
});

test('a list that is refused was not read', async () => {
  for (const status of [400, 403]) {
    const { verdict, reasons } = await withListing({ before: 0, foreign: false, status });
    expect(verdict).toBe('inconclusive');
    expect(reasons).toEqual([`the list gets ${status}, so it could not be read`]);
  }
});

test('a long list that says its length is read at both ends', async () => {
  const leaking = await withListing({ before: 4050, foreign: true });
  expect(leaking.verdict).toBe('fail');
  const clean = await withListing({ before: 4050, foreign: false });
  expect(clean.verdict).toBe('pass');
  expect(clean.reasons).toEqual(['of 4050 entries, only the first 2000 and the last 950 were read']);
  expect(clean.asked.at(-1)).toBe('42/100');
  const shorter = await withListing({ before: 2500, foreign: false });
  expect(shorter).toMatchObject({ verdict: 'pass', reasons: [] });
});

test('a long list that does not say its length, or a wrong one, was not read to its end', async () => {
  const unsaid = await withListing({ before: 2050, foreign: true, total: () => undefined });
  expect(unsaid.verdict).toBe('inconclusive');
  expect(unsaid.reasons).toEqual(['the list is longer than 2000 entries, so the rest was not read']);
  const tooFew = await withListing({ before: 2350, after: 200, foreign: false, total: () => 2100 });
  expect(tooFew.verdict).toBe('inconclusive');
  expect(tooFew.reasons).toEqual(['the list has more than the 2100 entries that it announces']);
  const tooMany = await withListing({ before: 30, foreign: false, total: () => 31 });
  expect(tooMany.verdict).toBe('inconclusive');
  expect(tooMany.reasons).toEqual([
    'GET /v1/events tells MUFI_OTHER_PROJECT_WRITE_KEY that its list has 31 entries, but shows only 30; count only what belongs to the project of that key, or show the rest on the next pages',
  ]);
});
