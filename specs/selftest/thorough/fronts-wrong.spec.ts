import { expect, test } from '@playwright/test';
import { fronts } from '../../../harness/proof/fronts/index.ts';
import { isInstalled } from '../../../harness/proof/fronts/start.ts';
import { behindFront, notTried, staleNode } from '../support/fronts.ts';

test.describe.configure({ timeout: 600_000 });

for (const front of fronts) {
  for (const wrong of front.misconfigurations) {
    test(`${front.id}, ${wrong.id}: a front end that ${wrong.does} is nonconformant`, async () => {
      test.skip(!isInstalled(front), notTried(front));
      const reference = wrong.kind === 'stale-node' ? staleNode : {};
      const { exitCode, first, reason } = await behindFront(front, { wrong }, reference);
      expect({ exitCode, first }, reason).toEqual({ exitCode: 1, first: wrong.first });
    });
  }
}

test('there are three misconfigurations of each kind that a front end can have', () => {
  for (const front of fronts) {
    for (const { kind } of front.misconfigurations) {
      const alike = front.misconfigurations.filter((one) => one.kind === kind);
      expect(alike.length, `${front.id}, ${kind}`).toBe(3);
    }
    const ids = front.misconfigurations.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  }
});
