import { expect, test } from '@playwright/test';
import { allScenarios } from '../../../harness/engine/matrix/expand.ts';
import type { Family, Requirement } from '../../../harness/model/index.ts';
import {
  pausesFor,
  shownOn,
  signedWith,
  sometimesSeenBy,
} from '../../../harness/proof/kill-matrix/exceptions.ts';
import { claims, emptyClaims, proveFault } from '../../../harness/proof/kill-matrix/faults.ts';
import type { Fault } from '../../../harness/reference/faults/fault.ts';
import { faults } from '../../../harness/reference/faults/index.ts';
import { catalogue } from '../../requirements/index.ts';

test.describe.configure({ timeout: 300_000 });

/** These observe every exchange of a run, over HTTP and HTTPS. */
const watching = catalogue
  .filter(({ requirements }) =>
    requirements.some(({ observe, needs }) => observe !== undefined && needs === undefined),
  )
  .map(({ id }) => id);

/**
 * The requirements that claim a fault, and those that observe. `npm run prove` checks whether others detect it too,
 * because it runs all of them.
 */
function concernedBy(fault: Fault): Family[] {
  const scenarios = allScenarios(catalogue).filter((one) => claims(one, fault));
  const isClaiming = ({ id }: Requirement): boolean =>
    scenarios.some(({ requirement }) => requirement.id === id);
  const watches = (family: Family): boolean => watching.includes(family.id);
  const watched = catalogue.some((family) => watches(family) && family.requirements.some(isClaiming));
  // If keys are made, other keys of the run exist and may be shown.
  const needsKeys = scenarios.some(({ requirement }) => requirement.id === 'hygiene/no-other-key-shown');
  const senders = needsKeys ? ['presentation', 'regeneration'] : ['presentation'];
  return catalogue.flatMap((family) => {
    const claiming = family.requirements.filter(isClaiming);
    // An observing requirement may detect the fault only if others send something special: no key, a strange key, an
    // unknown id.
    const whole = watches(family) || (watched && (claiming.length > 0 || senders.includes(family.id)));
    const requirements = whole ? family.requirements : claiming;
    return requirements.length === 0 ? [] : [{ ...family, requirements }];
  });
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
  expect(emptyClaims([], [{ id: 'a', caughtBy: ['b/c/d'] }])).toEqual([
    'a is caught by b/c/d, which is not a scenario',
  ]);
  const ids = faults.map(({ id }) => id);
  const named = [shownOn, signedWith, sometimesSeenBy, pausesFor].flatMap((table) => Object.keys(table));
  expect(named.filter((id) => !ids.includes(id))).toEqual([]);
});
