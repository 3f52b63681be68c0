import { expect, test } from '@playwright/test';
import { bundledDocument, operationsOf } from '../../../../harness/engine/configuration/operations.ts';
import { type CapabilityState, expand } from '../../../../harness/engine/matrix/expand.ts';
import type { Capability, Mode } from '../../../../harness/model/index.ts';
import { catalogue } from '../../../requirements/index.ts';
import { wordsOf } from '../../support/vocabulary.ts';

const operations = operationsOf(bundledDocument);
const everything = new Map(
  (wordsOf('terms', 'Capability') as Capability[]).map((name) => [name, 'have' as CapabilityState]),
);
const last = operations.at(-1)!;
const [oneWrite] = operations.filter(({ permission }) => permission === 'write');
const claims = {
  operations: operations.slice(0, -1),
  claimedAbsent: [last],
  capabilities: everything,
} as const;

test('what is claimed absent is sent only what is about claims, at every depth', () => {
  for (const depth of ['quick', 'full'] as const) {
    const planned = expand(catalogue, { ...claims, depth, mode: 'full' });
    const sent = planned.filter(({ operations: own }) => own.includes(last));
    expect(sent.map(({ id }) => id)).toEqual(
      ['no-key', 'read-key', 'write-key', 'forged-key'].map(
        (id) => `contract/claimed-absent-is-absent/${id}`,
      ),
    );
  }
});

test('a mode that keeps valid keys from writing keeps the write key from what is claimed absent', () => {
  const inputs = { ...claims, claimedAbsent: [oneWrite!], depth: 'full' } as const;
  const sent = (mode: Mode) =>
    expand(catalogue, { ...inputs, mode })
      .filter(({ id, operations: own }) => id.startsWith('contract/claimed') && own.length > 0)
      .map(({ id }) => id.split('/')[2]);
  expect(sent('reject-only')).toEqual(['no-key', 'read-key', 'forged-key']);
  expect(sent('observe')).toEqual([]);
});

test('what looks absent is tried but does not represent others', () => {
  const version = operations.find(({ id }) => id === 'GET /v1/version')!;
  const first = operations.find(({ permission }) => permission === 'read')!;
  const inputs = {
    operations,
    doubtful: [version.id, first.id],
    capabilities: everything,
    mode: 'full',
  } as const;
  const planned = expand(catalogue, { ...inputs, depth: 'full' });
  const alone = planned.filter(({ scenario: { to } }) => to === 'one read operation');
  expect(alone.length).toBeGreaterThan(5);
  expect(alone.filter(({ operations: own }) => own.includes(version) || own.includes(first))).toEqual([]);
  const everywhere = planned.find(({ id }) => id === 'presentation/key-required/no-header');
  expect(everywhere?.operations).toHaveLength(operations.length);
  const quick = expand(catalogue, { ...inputs, depth: 'quick' }).find(
    ({ scenario: { to, atEveryDepth } }) => to === 'every operation' && atEveryDepth !== true,
  );
  expect(quick?.operations).toHaveLength(2);
  expect(quick?.operations.includes(first)).toBe(false);
});
