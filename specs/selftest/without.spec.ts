import { expect, test } from '@playwright/test';
import type { Report } from '../../harness/report/schema.ts';
import { requirementsThat, runReference } from './support/engine.ts';

test.describe.configure({ timeout: 120_000 });

const availabilityOf = ({ target }: Report): Record<string, string> =>
  Object.fromEntries(target.operations.map(({ id, availability }) => [id, availability]));

/** Unknown items, and items that are no ids at all, are answered like a path that does not exist. */
const hidden = ['generic-not-found'];

test('an operation that did real work is there, whatever it answers to an unknown item', async () => {
  const report = await runReference(
    { variants: hidden },
    { depth: 'full', atATime: 4, families: ['permissions'] },
  );
  expect(Object.values(availabilityOf(report)).filter((found) => found !== 'available')).toEqual([]);
  expect(Object.keys(availabilityOf(report))).toHaveLength(17);
  expect([report.verdict, requirementsThat(report, 'fail', 'inconclusive')]).toEqual(['conformant', []]);
});

test('a read key that transfers items is found on such a server', async () => {
  const report = await runReference(
    { variants: hidden, faults: ['transfer-unchecked'] },
    { depth: 'full', atATime: 4, families: ['permissions'] },
  );
  expect(report.verdict).toBe('nonconformant');
  expect(requirementsThat(report, 'fail')).toContain('permissions/read-key-does-not-write');
});
