import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { allScenarios, expand } from '../../../../harness/engine/matrix/expand.ts';
import { precedes } from '../../../../harness/engine/session/right-after.ts';
import type { Capability, Mode } from '../../../../harness/model/index.ts';
import type { Report } from '../../../../harness/model/report.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { catalogue } from '../../../requirements/index.ts';
import { findingsOf, requirementsThat, runEngine, runReference } from '../../support/engine.ts';
import { behind, type Front, type Instead } from '../../support/front.ts';
import { wordsOf } from '../../support/vocabulary.ts';

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

test('the replay line of what a cache answered sends the request of the owner first', async () => {
  const report = await behindCache(300, ['isolation']);
  const [found] = report.requirements
    .filter(({ id }) => id === 'isolation/nothing-foreign-by-name')
    .flatMap(({ scenarios }) => scenarios.filter(({ id }) => id.endsWith('/by-id-read-key')))
    .flatMap(({ cells }) => cells.flatMap(({ findings }) => findings));
  const replay = report.exchanges.find(({ id }) => id === found?.exchange)?.replay ?? '';
  const [first = '', second = ''] = replay.split(' > /dev/null; ');
  expect(first).toContain('MUFI_WRITE_KEY');
  expect(second).toContain('MUFI_OTHER_PROJECT_READ_KEY');
  const urlOf = (line: string): string | undefined => /'(http[^']+)'/.exec(line)?.[1];
  expect(urlOf(second)).toBe(urlOf(first));
});

test('the owner sends the very same right before each request, and nothing comes between the two', async () => {
  const server = await startReference();
  const { write, otherProjectRead } = server.keys;
  const seen: (readonly [key: string, asked: string])[] = [];
  const front: Front = ({ method, url, headers: { authorization = '' } }) => {
    const key = authorization.endsWith(write)
      ? 'owner'
      : authorization.endsWith(otherProjectRead)
        ? 'other'
        : '';
    seen.push([key, `${method} ${url}`]);
    return undefined;
  };
  try {
    await behind(server.url, front, (url) =>
      runEngine(
        { ...server.environment, MUFI_BASE_URL: url },
        { depth: 'full', scenarios: /^isolation\/nothing-foreign-by-name\/by-id-read-key$/ },
      ),
    );
  } finally {
    await server.close();
  }
  const others = seen.flatMap(([key], index) => (key === 'other' ? [index] : [])).slice(-5);
  expect(others.map((index) => seen[index]![1].split('/')[2]!.split('?')[0]).sort()).toEqual([
    'events',
    'products',
    'users',
    'users',
    'users',
  ]);
  for (const index of others) expect(seen[index - 1]).toEqual(['owner', seen[index]![1]]);
});

test('before a request without a key the owner sends its other headers too', async () => {
  const server = await startReference();
  const seen: (readonly [key: boolean, language: string | undefined, asked: string])[] = [];
  const front: Front = ({ method, url, headers: { authorization, 'accept-language': language } }) => {
    seen.push([authorization?.endsWith(server.keys.write) === true, language, `${method} ${url}`]);
    return undefined;
  };
  const scenarios = /^presentation\/nothing-stands-in-for-the-key\/accept-language-of-the-owner$/;
  try {
    await behind(server.url, front, (url) =>
      runEngine({ ...server.environment, MUFI_BASE_URL: url }, { depth: 'full', operations, scenarios }),
    );
  } finally {
    await server.close();
  }
  const without = seen.flatMap(([key, language], index) => (!key && language === 'en' ? [index] : []));
  expect(without).toHaveLength(2);
  for (const index of without) expect(seen[index - 1]).toEqual([true, 'en', seen[index]![2]]);
});

test('a mode that may not write sends nothing before a request that writes', () => {
  const capabilities = new Map(
    (wordsOf('terms', 'Capability') as Capability[]).map((name) => [name, 'have'] as const),
  );
  const all = operationsOf(bundledDocument);
  const before = (mode: Mode): string[] =>
    expand(catalogue, { operations: all, capabilities, depth: 'full', mode }).flatMap(
      ({ scenario: { after }, operations: sent }) =>
        sent
          .filter((one) => one.permission === 'write' && after !== undefined && after !== 'a read')
          .filter((one) => after !== undefined && precedes(after, one, mode))
          .map(({ id }) => `${after} ${id}`),
    );
  expect(before('observe')).toEqual([]);
  expect(before('reject-only')).toEqual([]);
  expect(new Set(before('full'))).toContain('the owner PUT /v1/events/update');
  expect(before('full').filter((one) => /items|transfer|events\/create|v1\/products$/.test(one))).toEqual([]);
  const refused = all.find(({ permission }) => permission === 'read')!;
  expect(
    ['observe', 'reject-only'].map((mode) => precedes('a refused write', refused, mode as Mode)),
  ).toEqual([false, true]);
  expect(allScenarios(catalogue).some(({ scenario }) => scenario.after === 'a refused write')).toBe(true);
});

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
  expect(requirementsThat(report, 'fail', 'inconclusive')).toEqual(['regeneration/caches-forget-at-once']);
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
