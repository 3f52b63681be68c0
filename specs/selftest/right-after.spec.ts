import { expect, test } from '@playwright/test';
import { startReference } from '../../harness/reference/start.ts';
import type { Report } from '../../harness/report/schema.ts';
import { findingsOf, requirementsThat, runEngine, runReference } from './support/engine.ts';
import { behind, type Front, type Instead } from './support/front.ts';

test.describe.configure({ timeout: 120_000 });

const event = 'GET /v1/events/{IdOrReferenceId}';
const operations = ['GET /v1/version', event, 'POST /v1/users/profile', 'PUT /v1/events/update'];

/** A front end that lets the server check the key and then answers GETs from a cache by their URL. */
function cachingByUrl(server: string, milliseconds: number): Front {
  const kept = new Map<string, { readonly answer: Instead; readonly at: number }>();
  const ask = async (url: string, authorization: string): Promise<Instead> => {
    const response = await fetch(server + url, { headers: { authorization } });
    const answer = { status: response.status, body: await response.text() };
    const found = kept.get(url);
    const isChecked = answer.status !== 401 && answer.status !== 403;
    if (isChecked && found !== undefined && Date.now() - found.at < milliseconds) return found.answer;
    if (answer.status === 200) kept.set(url, { answer, at: Date.now() });
    return answer;
  };
  return ({ method, url = '', headers: { authorization } }) =>
    method === 'GET' && url.startsWith('/v1/events') && authorization?.startsWith('Bearer ey') === true
      ? ask(url, authorization)
      : undefined;
}

async function behindCache(milliseconds: number, families: readonly string[]): Promise<Report> {
  const server = await startReference();
  try {
    return await behind(server.url, cachingByUrl(server.url, milliseconds), (url) =>
      runEngine({ ...server.environment, MUFI_BASE_URL: url }, { depth: 'full', operations, families }),
    );
  } finally {
    await server.close();
  }
}

for (const milliseconds of [300, 600_000]) {
  test(`a cache by URL behind the check of the key is found that keeps for ${milliseconds} ms`, async () => {
    const report = await behindCache(milliseconds, ['isolation']);
    expect(report.verdict).toBe('nonconformant');
    expect(findingsOf(report).leak).toContain('isolation/nothing-foreign-by-name');
  });
}

test('a cache that keeps nothing is conformant', async () => {
  const report = await behindCache(0, ['isolation', 'permissions']);
  expect(requirementsThat(report, 'fail', 'warn', 'inconclusive')).toEqual([]);
  expect(report.verdict).toBe('conformant');
});

test('a replica that remembers good keys is found, because the keys were used there while they lived', async () => {
  const report = await runReference(
    { faults: ['replica-remembers-good-keys'] },
    { depth: 'quick', families: ['regeneration'] },
  );
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual([
    'regeneration/old-key-rejected-at-once',
    'regeneration/revocation-at-once',
  ]);
});

for (const [fault, requirement, kind] of [
  ['allowed-once', 'permissions/read-key-does-not-write', 'let-in'],
  ['refused-once', 'permissions/read-key-reads', 'shut-out'],
] as const) {
  test(`what is decided for a key and not for the request is found: ${fault}`, async () => {
    const scenarios = new RegExp(requirement);
    const report = await runReference({ faults: [fault] }, { depth: 'quick', scenarios });
    expect(report.verdict).toBe('nonconformant');
    expect(findingsOf(report)[kind]).toEqual([requirement]);
  });
}
