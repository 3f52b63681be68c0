import { expect, test } from '@playwright/test';
import { holdTarget } from '../support/hostile.ts';
import { startTwisted } from '../support/hostile-control.ts';
import { hostileAnswers } from './control-answers.ts';
import { hostileKeys } from './control-keys.ts';

test.describe.configure({ timeout: 60_000 });

const scenarios =
  /^token\/signature-verified\/zeros|^regeneration\/(revoked-key-rejected\/head|(old-key-rejected|revocation)-at-once\/write-key|created-key)/;
const rows = [...hostileAnswers, ...hostileKeys];

for (const row of rows) {
  test(`key control that ${row.does} comes to exit ${row.exit}, in time and without a key`, async () => {
    await holdTarget(
      row,
      async () => {
        const target = await startTwisted(row.twist, row.refuses);
        if (row.leaves === undefined) return target;
        return { environment: target.environment, close: target.close };
      },
      scenarios,
    );
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
}

test('every hostile key control has its own row', () => {
  expect(new Set(rows.map(({ does }) => does)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(40);
});
