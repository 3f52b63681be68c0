import { expect, test } from '@playwright/test';
import type { Report } from '../../../harness/model/report.ts';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { run } from '../support/cli.ts';
import { runEngine } from '../support/engine.ts';

/** A failure that the faults cause, and what its replay line must name instead of a key. */
type Row = readonly [what: string, scenario: string, operation: string, names: RegExp];

const rows: readonly Row[] = [
  [
    'an unmodified key',
    'permissions/write-key-has-full-access/every-operation',
    'POST /v1/users/activation',
    /-H "Authorization: Bearer \$\{MUFI_WRITE_KEY:\?needs a write key\}"/,
  ],
  [
    'the read key',
    'permissions/read-key-does-not-write/valid-request',
    'PUT /v1/events/update',
    /-H "Authorization: Bearer \$\{MUFI_READ_KEY:\?needs a read key\}"/,
  ],
  [
    'a forged key',
    'token/signature-verified/zeros',
    'POST /v1/users/profile',
    /^key=\$\(npm run -s forge -- token\/signature-verified\/zeros\) && curl .* Bearer \$\{key\}"/,
  ],
  [
    'a key in another spelling',
    'presentation/bearer-scheme-only/basic-user',
    'GET /v1/version',
    /^key=\$\(npm run -s forge -- \S+\/basic-user --filter basic-user\) && curl .* Basic \$\{key\}"/,
  ],
  [
    'a literal',
    'presentation/placeholders-rejected/undefined',
    'GET /v1/events',
    /-H 'Authorization: Bearer undefined'/,
  ],
  [
    'a query parameter',
    'presentation/authorization-header-only/query-access-token',
    'GET /v1/version',
    /\?access_token=\$\{MUFI_WRITE_KEY:[^}]+\}"/,
  ],
  [
    'a form field',
    'presentation/authorization-header-only/form',
    'POST /v1/users/fetch',
    /--data-raw "access_token=\$\{MUFI_WRITE_KEY:[^}]+\}"/,
  ],
  [
    'two keys',
    'presentation/malformed-credentials-rejected/two-keys-comma',
    'GET /v1/events',
    /Bearer \$\{MUFI_WRITE_KEY:[^}]+\}, Bearer \$\{MUFI_READ_KEY:[^}]+\}"/,
  ],
  ['HEAD without a key', 'presentation/head-requires-key/no-key', 'GET /v1/version', / --head '[^']+' -H/],
];

const faults = [
  'permission-ignored',
  'write-key-cannot-read',
  'signature-ignored',
  'scheme-basic-accepted',
  'literal-accepted',
  'key-in-query',
  'key-in-form-body',
  'comma-list-accepted',
  'head-public',
];

test.describe.configure({ mode: 'default', timeout: 300_000 });

let server: Reference;
let report: Report;

test.beforeAll('a faulty server is tested', async () => {
  test.setTimeout(300_000);
  server = await startReference({ faults });
  const scenarios = new RegExp(rows.map(([, scenario]) => scenario).join('|'));
  report = await runEngine(server.environment, { depth: 'full', atATime: 4, scenarios });
  expect(report.verdict).toBe('nonconformant');
});
test.afterAll(() => server.close());

for (const [what, scenario, operation, names] of rows) {
  test(`the replay line of a failure with ${what} shows the recorded status`, async () => {
    const found = report.requirements
      .flatMap(({ scenarios }) => scenarios)
      .find(({ id }) => id === scenario)
      ?.cells.find((cell) => cell.operation === operation);
    expect(found?.verdict, `${scenario} @ ${operation}`).toBe('fail');
    const exchange = report.exchanges.find(({ id }) => id === found?.exchanges[0]);
    expect(exchange?.replay).toMatch(names);
    const { MUFI_BASE_URL, MUFI_WRITE_KEY, MUFI_READ_KEY } = server.environment as Record<string, string>;
    const { stdout, stderr } = await run('sh', ['-c', exchange?.replay ?? 'false'], {
      environment: { MUFI_BASE_URL, MUFI_WRITE_KEY, MUFI_READ_KEY } as Record<string, string>,
    });
    const status = /^HTTP\/1\.1 (\d{3})/.exec(stdout)?.[1];
    expect(status, stderr).toBe(String(exchange?.response?.status));
  });
}
