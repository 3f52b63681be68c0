import type { IncomingMessage } from 'node:http';
import { expect, test } from '@playwright/test';
import { startReference } from '../../harness/reference/start.ts';
import type { Report } from '../../harness/report/schema.ts';
import { requirementsThat, runEngine } from './support/engine.ts';
import { behind, type Front } from './support/front.ts';

test.describe.configure({ timeout: 120_000 });

/** Runs some families with the two keys of a project against a reference server behind a front end. */
async function through(front: Front, ...families: readonly string[]): Promise<Report> {
  const server = await startReference();
  const { write, read } = server.keys;
  try {
    return await behind(server.url, front, (url) =>
      runEngine(
        { MUFI_BASE_URL: url, MUFI_WRITE_KEY: write, MUFI_READ_KEY: read },
        { depth: 'quick', atATime: 4, families },
      ),
    );
  } finally {
    await server.close();
  }
}

const basic = ({ headers }: IncomingMessage): boolean => headers.authorization?.startsWith('Basic ') === true;
const noJwt = ({ headers }: IncomingMessage): boolean => headers.authorization === 'Bearer not-a-key';
const update = ({ method }: IncomingMessage): boolean => method === 'PUT';

/** Answers the first so many of certain requests with a failure. */
function failing(times: number, which = basic): Front {
  let left = times;
  return (incoming) => {
    if (!which(incoming) || left === 0) return undefined;
    left -= 1;
    return { status: 502, headers: { 'content-type': 'text/html' }, body: '<h1>502 Bad Gateway</h1>' };
  };
}

test('a server error that does not come again decides nothing, and both exchanges are kept', async () => {
  const report = await through(failing(1), 'presentation', 'contract');
  expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
  const undecided = requirementsThat(report, 'inconclusive');
  expect(undecided).toHaveLength(1);
  const requirement = report.requirements.find(({ id }) => id === undecided[0]);
  const cells = requirement?.scenarios.flatMap((scenario) => scenario.cells) ?? [];
  const [cell] = cells.filter(({ verdict }) => verdict === 'inconclusive');
  expect(cell?.reason).toMatch(/^502 once, then 401: /);
  const kept = report.exchanges.filter(({ id }) => cell?.exchanges.includes(id));
  expect(kept.map(({ response }) => response?.status)).toEqual([502, 401]);
});

test('a server error that comes again is a failure', async () => {
  const report = await through(failing(Number.POSITIVE_INFINITY), 'presentation', 'contract');
  expect(requirementsThat(report, 'fail').length).toBeGreaterThan(0);
  expect(requirementsThat(report, 'inconclusive')).toEqual([]);
});

for (const [where, which, families, sees, message] of [
  [
    'a procedure',
    noJwt,
    ['contract'],
    'contract/bad-keys-answered-alike',
    /^502 once, then no failure when all was done once more: /,
  ],
  ['real work', update, ['permissions', 'contract'], 'contract/no-server-error', /^502 once, then 20[01]: /],
] as const) {
  test(`a server error in ${where} that does not come again decides nothing either`, async () => {
    const report = await through(failing(1, which), ...families);
    expect(requirementsThat(report, 'fail', 'warn')).toEqual([]);
    const undecided = report.requirements.filter(({ verdict }) => verdict === 'inconclusive');
    expect(undecided.map(({ reason }) => reason)).toEqual([expect.stringMatching(message)]);
    const cells = undecided.flatMap(({ scenarios }) => scenarios.flatMap((scenario) => scenario.cells));
    const named = cells.filter(({ verdict }) => verdict === 'inconclusive').flatMap((cell) => cell.exchanges);
    const kept = report.exchanges.filter(({ id }) => named.includes(id));
    expect(kept.filter(({ response }) => response?.status === 502)).toHaveLength(1);
    expect(kept.length).toBeGreaterThan(1);
  });

  test(`a server error in ${where} that comes again is a failure`, async () => {
    const report = await through(failing(Number.POSITIVE_INFINITY, which), ...families);
    expect(requirementsThat(report, 'fail', 'warn')).toContain(sees);
  });
}

test('a product that is not seen for a while makes no operation absent', async () => {
  const report = await through(
    ({ method, url = '' }) =>
      method === 'GET' && /^\/v1\/(products\/[^/]+|conformance-made-up-path)$/.test(url)
        ? { status: 404, body: '{"error":"not_found"}' }
        : undefined,
    'contract',
  );
  const operation = report.target.operations.find(({ id }) => id === 'GET /v1/products/{id}');
  expect([operation?.availability, operation?.note]).toEqual([
    'broken',
    'it answers the untouched write key with 404 although the target itself said that it has what the request names',
  ]);
});

test('keys of one project decide nothing about isolation, and the reason says so', async () => {
  const server = await startReference();
  const { write, read } = server.keys;
  const make = async (permission: string): Promise<string> => {
    const answer = await fetch(`${server.environment.MUFI_CONTROL_URL}/keys`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${server.environment.MUFI_CONTROL_TOKEN}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ permission }),
    });
    return ((await answer.json()) as { key: string }).key;
  };
  try {
    const report = await runEngine(
      {
        MUFI_BASE_URL: server.url,
        MUFI_WRITE_KEY: write,
        MUFI_READ_KEY: read,
        MUFI_OTHER_PROJECT_WRITE_KEY: await make('write'),
        MUFI_OTHER_PROJECT_READ_KEY: await make('read'),
      },
      { depth: 'quick', atATime: 4, families: ['isolation'] },
    );
    expect(requirementsThat(report, 'fail', 'warn', 'pass')).toEqual([]);
    const reasons = report.requirements.flatMap(({ verdict, reason }) =>
      verdict === 'inconclusive' ? [reason] : [],
    );
    expect([...new Set(reasons)]).toEqual([
      expect.stringMatching(/MUFI_OTHER_PROJECT_WRITE_KEY .* one project; supply the two keys of a second/),
    ]);
  } finally {
    await server.close();
  }
});
