import { expect, test } from '@playwright/test';
import { requirementsThat, runReference } from '../../support/engine.ts';

const scenarios = /\/at-the-answer$/;
const both = ['regeneration/revocation-at-once', 'regeneration/linearizable'];

for (const variant of ['connection-close', 'impatient', 'slow']) {
  test(`a key is used when the answer arrives that it ended, also on the variant ${variant}`, async () => {
    const report = await runReference({ variants: [variant] }, { depth: 'full', scenarios });
    expect(requirementsThat(report, 'pass')).toEqual(both);
  });
}

test('a key that works for a moment after the answer is a finding with the number of keys', async () => {
  const report = await runReference(
    { faults: ['revocation-follows-answer', 'regeneration-follows-answer'] },
    { depth: 'full', scenarios },
  );
  expect(requirementsThat(report, 'fail')).toEqual(both);
  const messages = report.requirements.flatMap(({ scenarios: all }) =>
    all.flatMap(({ cells }) => cells.flatMap(({ findings }) => findings.map(({ message }) => message))),
  );
  expect(messages).toEqual([
    expect.stringMatching(/^\d+ of 12 keys still work in a request .* that they are revoked$/),
    expect.stringMatching(/^\d+ of 12 keys still work in a request .* that they are regenerated$/),
  ]);
});
