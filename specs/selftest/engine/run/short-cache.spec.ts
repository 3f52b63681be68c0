import { expect, test } from '@playwright/test';
import { requirementsThat, runReference } from '../../support/engine.ts';

const respelled = 'regeneration/respelled-old-key-rejected';
const scenarios = new RegExp(`^${respelled}/`);

test('an old key that still works as it is for a moment fails no spelling of it', async () => {
  for (let run = 0; run < 3; run += 1) {
    const report = await runReference({ faults: ['verdict-cached-50-ms'] }, { depth: 'quick', scenarios });
    expect(requirementsThat(report, 'pass')).toEqual([respelled]);
  }
});

test('a spelling that works when the old key is rejected as it is fails', async () => {
  const report = await runReference({ faults: ['denylist-by-header'] }, { depth: 'quick', scenarios });
  expect(requirementsThat(report, 'fail')).toEqual([respelled]);
});
