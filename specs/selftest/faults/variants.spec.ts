import { expect, test } from '@playwright/test';
import { algorithms } from '../../../harness/reference/signer.ts';
import { variants } from '../../../harness/reference/variants.ts';
import { requirementsThat, runReference } from '../support/engine.ts';

test.describe.configure({ timeout: 300_000 });

/** Where operations are missing, what is about them does not apply. */
const incomplete = ['users-only', 'unknown-ids-hidden'];

/** Where one read and one write operation do not show what differs. */
const shownOn: Readonly<Record<string, readonly string[]>> = {
  'unknown-ids-hidden': ['GET /v1/version', 'POST /v1/users/activate', 'POST /v1/users/activation'],
};

for (const { id, differs, warns = [] } of variants) {
  test(`the variant ${id} keeps the contract: ${differs}`, async () => {
    const operations = shownOn[id];
    const report = await runReference(
      { variants: [id] },
      operations === undefined
        ? { depth: 'quick', atATime: id === 'slow' ? 8 : 4 }
        : { depth: 'full', atATime: 4, operations },
    );
    expect(report.cause).toBeUndefined();
    expect(requirementsThat(report, 'fail', 'inconclusive', 'not-tested')).toEqual([]);
    expect(requirementsThat(report, 'warn')).toEqual(warns);
    if (!incomplete.includes(id)) expect(requirementsThat(report, 'not-applicable')).toEqual([]);
    expect(report.verdict).toBe('conformant');
  });
}

for (const algorithm of algorithms) {
  test(`keys signed with ${algorithm} keep the contract`, async () => {
    const report = await runReference({ algorithm }, { depth: 'quick', atATime: 4 });
    expect(requirementsThat(report, 'fail', 'warn', 'inconclusive', 'not-tested')).toEqual([]);
    expect(report.verdict).toBe('conformant');
    expect(report.target.algorithm).toBe(algorithm);
    // A shared secret has no public half, so there is nothing to misuse.
    const without = requirementsThat(report, 'not-applicable');
    expect(without).toEqual(algorithm === 'HS256' ? ['token/public-key-is-no-secret'] : []);
  });
}

test('there are enough of them, and each has a name of its own', () => {
  const ids = [...variants.map(({ id }) => id), ...algorithms];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(20);
});
