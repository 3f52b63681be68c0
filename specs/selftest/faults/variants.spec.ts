import { expect, test } from '@playwright/test';
import { variants } from '../../../harness/reference/variants.ts';
import { requirementsThat, runReference } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

for (const { id, differs } of variants) {
  test(`the variant ${id} keeps the contract: ${differs}`, async () => {
    const report = await runReference({ variants: [id] }, { depth: 'quick' });
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive', 'not-tested')).toEqual([]);
    expect(report.verdict).toBe('conformant');
  });
}

for (const algorithm of ['EdDSA', 'ES256', 'RS256', 'PS256', 'HS256'] as const) {
  test(`keys signed with ${algorithm} keep the contract`, async () => {
    const report = await runReference({ algorithm }, { depth: 'quick' });
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive', 'not-tested')).toEqual([]);
    expect(report.verdict).toBe('conformant');
    expect(report.target.algorithm).toBe(algorithm);
    // A shared secret has no public half, so there is nothing to misuse.
    const without = requirementsThat(report, 'not-applicable');
    expect(without).toEqual(algorithm === 'HS256' ? ['token/public-key-is-no-secret'] : []);
  });
}
