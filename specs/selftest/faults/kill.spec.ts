import { expect, test } from '@playwright/test';
import { emptyClaims, proveFault } from '../../../harness/prove/faults.ts';
import { shownOn, signedWith, sometimesSeenBy } from '../../../harness/prove/shown-on.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';

test.describe.configure({ timeout: 300_000 });

for (const fault of faults) {
  test(`exactly the requirements that claim ${fault.id} see it: ${fault.breaks}`, async () => {
    const { seenBy, missed, unclaimed, falseClaims, cause } = await proveFault(fault, catalogue);
    expect({ missed, unclaimed, falseClaims, cause }).toEqual({ missed: [], unclaimed: [], falseClaims: [] });
    expect(seenBy).not.toEqual([]);
  });
}

test('every scenario claims a fault, and every claim and table names one that exists', () => {
  expect(emptyClaims(catalogue, faults)).toEqual([]);
  const ids = faults.map(({ id }) => id);
  const named = [shownOn, signedWith, sometimesSeenBy].flatMap((table) => Object.keys(table));
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});
