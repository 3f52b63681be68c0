import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { expand, type PlannedScenario } from '../../../../harness/engine/matrix/expand.ts';
import type { Capability } from '../../../../harness/model/index.ts';
import { type Reference, startReference } from '../../../../harness/reference/start.ts';
import { catalogue } from '../../../requirements/index.ts';
import { cli, conformance, startRecorder, through } from '../../support/cli.ts';
import { wordsOf } from '../../support/vocabulary.ts';

test.describe.configure({ timeout: 120_000 });

const inQuery = [
  'presentation/authorization-header-only/query-access-token',
  'presentation/authorization-header-only/query-access-token-hyphen',
  'presentation/authorization-header-only/query-token',
  'presentation/authorization-header-only/query-api-key',
  'presentation/authorization-header-only/query-key',
  'presentation/authorization-header-only/query-jwt',
  'presentation/authorization-header-only/query-auth-token',
  'presentation/authorization-header-only/query-apikey',
  'presentation/authorization-header-only/query-authorization',
  'presentation/authorization-header-only/query-auth',
  'presentation/authorization-header-only/query-bearer',
  'presentation/authorization-header-only/query-id-token',
  'presentation/authorization-header-only/query-bearer-token',
  'presentation/authorization-header-only/query-subscription-key',
  'presentation/authorization-header-only/query-x-api-key',
  'presentation/authorization-header-only/query-api-token',
  'presentation/authorization-header-only/query-secret',
  'presentation/second-place-never-helps/valid-key-in-query',
  'transport/http2-like-http1/query',
];

test('on a production host the scenarios that put a key into a query are not tested, and no others change', () => {
  const capabilities = new Map(
    (wordsOf('terms', 'Capability') as Capability[]).map((one) => [one, 'have'] as const),
  );
  const inputs = {
    operations: operationsOf(bundledDocument),
    capabilities,
    depth: 'full',
    mode: 'observe',
  } as const;
  const elsewhere = new Map(expand(catalogue, inputs).map((one) => [one.id, one]));
  const changed = expand(catalogue, { ...inputs, production: 'api.mufi.app' }).filter(
    ({ id, operations, skip }: PlannedScenario) =>
      JSON.stringify([operations, skip]) !==
      JSON.stringify([elsewhere.get(id)?.operations, elsewhere.get(id)?.skip]),
  );
  expect(changed.map(({ id }) => id)).toEqual(inQuery);
  for (const { skip, operations } of changed) {
    expect(operations).toEqual([]);
    expect(skip).toEqual({
      verdict: 'not-tested',
      because: { code: 'production-keeps-queries', parameters: { host: 'api.mufi.app' } },
      missing: [],
      sparesProduction: true,
    });
  }
});

let server: Reference;
test.beforeAll(async () => {
  server = await startReference();
});
test.afterAll(() => server.close());

test('no URL that is sent to a production host contains a key', async () => {
  const urls: string[] = [];
  const recorder = await startRecorder(server.url, ({ url = '' }) => {
    urls.push(url);
    return undefined;
  });
  try {
    const environment = {
      ...through(recorder, server.url, server.environment),
      MUFI_PRODUCTION_HOSTS: '127.0.0.1',
    };
    const args = ['-g', 'authorization-header-only|second-place', '--depth', 'quick'];
    const allowed = [...args, '--allow-production', '127.0.0.1'];
    const { report, exitCode } = await conformance(test.info().outputPath('report'), allowed, {
      environment,
    });
    expect(exitCode).toBe(2);
    const scenarios = report.requirements.flatMap((one) => one.scenarios);
    const untested = scenarios.filter(({ reason }) => reason?.includes('access logs'));
    const selected = inQuery.filter((id) => id.startsWith('presentation/'));
    expect(untested.map(({ id }) => id)).toEqual(selected);
    expect(urls.length).toBeGreaterThan(10);
    const keys = Object.values(server.keys).filter((key) => typeof key === 'string');
    expect(keys.length).toBeGreaterThan(1);
    expect(urls.filter((url) => keys.some((key) => decodeURIComponent(url).includes(key)))).toEqual([]);
    const planned = await cli(['plan', ...allowed], { environment });
    expect(planned.stdout).toContain(
      `production 127.0.0.1 (${selected.length} scenarios): Its access logs would keep the key in the query`,
    );
  } finally {
    await recorder.close();
  }
});
