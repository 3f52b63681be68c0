import { expect, test } from '@playwright/test';
import { requirementsThat, runReference } from '../../support/engine.ts';

const respelled = 'regeneration/respelled-old-key-rejected';
const scenarios = new RegExp(`^${respelled}/`);

test('an old key that still works unmodified for a moment fails no spelling of it', async () => {
  for (let run = 0; run < 3; run += 1) {
    const report = await runReference({ faults: ['verdict-cached-50-ms'] }, { depth: 'quick', scenarios });
    expect(requirementsThat(report, 'pass')).toEqual([respelled]);
  }
});

test('a spelling that works when the unmodified old key is rejected fails', async () => {
  const report = await runReference({ faults: ['denylist-by-header'] }, { depth: 'quick', scenarios });
  expect(requirementsThat(report, 'fail')).toEqual([respelled]);
});

test('an old key that lives on is waited for a short time only, and then each spelling of it fails', async () => {
  const requestsWith = async (faults: readonly string[], verdict: 'pass' | 'fail'): Promise<number> => {
    const one = new RegExp(`^${respelled}/scheme-case$`);
    const report = await runReference({ faults }, { depth: 'quick', scenarios: one });
    expect(requirementsThat(report, verdict)).toEqual([respelled]);
    return report.counts.requests;
  };
  const more = (await requestsWith(['old-key-has-grace'], 'fail')) - (await requestsWith([], 'pass'));
  expect(more).toBeGreaterThanOrEqual(7);
  expect(more).toBeLessThan(12);
});
