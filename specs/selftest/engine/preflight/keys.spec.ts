import { expect, test } from '@playwright/test';
import { startReference } from '../../../../harness/reference/start.ts';
import { requirementsThat, runEngine } from '../../support/engine.ts';

const core = ['MUFI_BASE_URL', 'MUFI_WRITE_KEY', 'MUFI_READ_KEY'];
const causes = {
  'other-project':
    'MUFI_READ_KEY seems to belong to another project than MUFI_WRITE_KEY: it is accepted but finds nothing that the write key finds; supply two keys of one project',
};

async function causeWith(keys: (supplied: Record<string, string>) => Record<string, string>) {
  const server = await startReference();
  const environment = server.environment as Record<string, string>;
  const supplied = Object.fromEntries(core.map((name) => [name, environment[name] ?? '']));
  try {
    const report = await runEngine(
      { ...supplied, ...keys(environment) },
      { depth: 'quick', families: ['permissions'] },
    );
    // Requests count even if only the preflight sent them.
    expect(report.counts.requests).toBeGreaterThan(20);
    return {
      cause: report.cause,
      verdict: report.verdict,
      told: requirementsThat(report, 'fail', 'warn', 'pass'),
    };
  } finally {
    await server.close();
  }
}

test('a read key of another project is the one cause', async () => {
  const given = await causeWith((environment) => ({
    MUFI_READ_KEY: environment.MUFI_OTHER_PROJECT_READ_KEY ?? '',
  }));
  expect(given).toEqual({ cause: causes['other-project'], verdict: 'inconclusive', told: [] });
});

const likely = (otherwise: string): string =>
  `either that key is expired, revoked or regenerated, or it is not a key of this target, or ${otherwise}, and the suite cannot tell which`;

const dead = (permission: string, where: string, other: string): string =>
  `MUFI_${permission.toUpperCase()}_KEY is rejected with 401 by ${where} while ${other} is accepted: the ${permission} key is expired, revoked or regenerated; create a new one, and if that is rejected as well, the target denies access to ${permission} keys`;

test('a revoked write key next to an active read key is named', async () => {
  const { cause } = await causeWith(({ MUFI_REVOKED_KEY = '' }) => ({ MUFI_WRITE_KEY: MUFI_REVOKED_KEY }));
  expect(cause).toBe(dead('write', 'every operation', 'MUFI_READ_KEY'));
});

test('a revoked read key next to an active write key is named', async () => {
  const { cause } = await causeWith(({ MUFI_REVOKED_KEY = '' }) => ({ MUFI_READ_KEY: MUFI_REVOKED_KEY }));
  expect(cause).toBe(dead('read', 'every read operation', 'MUFI_WRITE_KEY'));
});

test('if both keys are rejected, it cannot be determined which one is revoked: the likeliest reasons come first', async () => {
  const { cause } = await causeWith(({ MUFI_REVOKED_KEY = '', MUFI_OTHER_ENVIRONMENT_KEY = '' }) => ({
    MUFI_WRITE_KEY: MUFI_REVOKED_KEY,
    MUFI_READ_KEY: MUFI_OTHER_ENVIRONMENT_KEY,
  }));
  expect(cause).toBe(
    `every operation rejects MUFI_WRITE_KEY (the unmodified write key gets 401); ${likely('the target rejects every key')}`,
  );
});

test('two keys of one project are no cause', async () => {
  expect((await causeWith(() => ({}))).cause).toBeUndefined();
});
