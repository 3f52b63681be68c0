import { expect, test } from '@playwright/test';
import type { Family } from '../../../harness/model.ts';
import { allScenarios } from '../../../harness/pipeline.ts';
import { emptyClaims, proveFault } from '../../../harness/prove/faults.ts';
import { pausesFor, shownOn, signedWith, sometimesSeenBy } from '../../../harness/prove/shown-on.ts';
import type { Fault } from '../../../harness/reference/faults/fault.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';

test.describe.configure({ timeout: 300_000 });

/** These watch every exchange of a run. */
const watching = ['contract', 'hygiene'];

/** The families that claim a fault, and those that watch; npm run prove takes all of them. */
function concernedBy({ id }: Fault): Family[] {
  const claims = (family: Family): boolean =>
    allScenarios([family]).some(({ scenario }) => scenario.catches.includes(id));
  const watched = catalogue.some((family) => watching.includes(family.id) && claims(family));
  // What watches may see the fault only where no key, or a strange one, is sent.
  const more = watched ? [...watching, 'presentation'] : watching;
  return catalogue.filter((family) => more.includes(family.id) || claims(family));
}

for (const fault of faults) {
  test(`exactly the requirements that claim ${fault.id} see it: ${fault.breaks}`, async () => {
    const { seenBy, missed, unclaimed, falseClaims, cause } = await proveFault(fault, concernedBy(fault));
    expect({ missed, unclaimed, falseClaims, cause }).toEqual({ missed: [], unclaimed: [], falseClaims: [] });
    expect(seenBy).not.toEqual([]);
  });
}

test('every scenario claims a fault, and every claim and table names one that exists', () => {
  expect(emptyClaims(catalogue, faults)).toEqual([]);
  const ids = faults.map(({ id }) => id);
  const named = [shownOn, signedWith, sometimesSeenBy, pausesFor].flatMap((table) => Object.keys(table));
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});
