import { expect, test } from '@playwright/test';
import { attestedBy } from '../../../harness/attestation/payload.ts';
import { operationCount } from '../support/engine.ts';
import { certifiedAnyway, only, type RecordedRun, recordRun } from '../support/recorded.ts';

test.describe.configure({ mode: 'default', timeout: 120_000 });

const families = only('contract/claimed-absent-is-absent', 'permissions/write-key-has-full-access');
const gone = ['PUT /v1/events/update', 'POST /v1/products/{id}/transfer'];
const left = operationCount - gone.length;
let run: RecordedRun;

test.beforeAll('a run with two operations claimed absent is recorded', async () => {
  run = await recordRun({ missing: gone }, families, undefined, (environment) => ({
    ...environment,
    MUFI_WITHOUT: gone.join(','),
  }));
});

test('the certificate names what is claimed absent, and its evidence can be judged again', async () => {
  expect([run.report.verdict, run.report.reason]).toEqual([
    'conformant',
    expect.stringContaining(`${left} of ${operationCount}`),
  ]);
  expect(attestedBy(run.report).target.operations).toEqual({
    tested: left,
    of: operationCount,
    without: gone,
  });
  expect(run.evidence.start.configuration.without).toEqual([...gone].sort());
  expect(await certifiedAnyway(run, families)).toBe('verified');
});

test('evidence without the claim is refused', async () => {
  const evidence = structuredClone(run.evidence);
  delete evidence.start.configuration.without;
  expect(await certifiedAnyway({ ...run, evidence }, families)).toMatch(
    /cannot be replayed|differs from the replay/,
  );
});

test('a report that hides the claim is refused', async () => {
  const report = structuredClone(run.report);
  for (const operation of report.target.operations) {
    delete operation.claimedAbsent;
    operation.availability = 'available';
  }
  expect(await certifiedAnyway({ ...run, report }, families)).toMatch(/differs from the replay/);
});

for (const [what, without, sentence] of [
  ['the same', gone, 'verified'],
  ['less', gone.slice(1), `the certificate names as not implemented: ${gone[1]}; the run named:`],
  ['nothing', [], 'the certificate names as not implemented: no operation; the run named:'],
] as const) {
  test(`an implementation that says it lacks ${what}`, async () => {
    const verdict = await certifiedAnyway(run, families, async () => undefined, { without: [...without] });
    expect(verdict.slice(0, sentence.length)).toBe(sentence);
  });
}
