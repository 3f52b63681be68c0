import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Reference, startReference } from '../../../harness/reference/start.ts';
import { cli, conformance } from '../support/cli.ts';
import { operationCount } from '../support/engine.ts';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

const transfer = 'POST /v1/products/{id}/transfer';
const quick = ['--depth', 'quick'] as const;
let folder: string;
let server: Reference;

const inTest = (name: string): string => join(folder, name);

test.beforeAll(async () => {
  folder = test.info().outputPath('reports');
  server = await startReference({ missing: [transfer] });
});

test.afterAll(() => server.close());

test('a run that is not told what the target lacks is partial, exit 2, and says what to add', async () => {
  const { environment } = server;
  const { exitCode, stdout, report } = await conformance(inTest('untold'), quick, { environment });
  expect([exitCode, report.verdict]).toEqual([2, 'partial']);
  expect(stdout).toContain(`--without "${transfer}"`);
});

test('with --without the same target is conformant, exit 0, and every output names the operation', async () => {
  const { environment } = server;
  const plan = await cli(['plan', '--without', transfer], { environment });
  expect(plan.stdout).toContain(`${operationCount - 1} of ${operationCount}; without ${transfer}`);
  const told = await conformance(inTest('told'), [...quick, '--without', transfer], { environment });
  expect([told.exitCode, told.report.verdict]).toEqual([0, 'conformant']);
  expect(told.stdout.replace(/\s+/g, ' ')).toContain(
    `${operationCount - 1} of ${operationCount} operations; without ${transfer}`,
  );
});

test('compare says that the claims of two runs differ', async () => {
  const { stdout } = await cli(['compare', inTest('untold'), inTest('told')]);
  expect(stdout).toContain(`the operations in --without differ: none before, ${transfer} now`);
});
