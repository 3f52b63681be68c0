import { expect, test } from '@playwright/test';
import { conformants, proveConformant } from '../../../harness/proof/kill-matrix/servers.ts';
import { variants } from '../../../harness/reference/variants.ts';
import { catalogue } from '../../requirements/index.ts';
import { runReference } from '../support/engine.ts';

/** The limited server delays every 23rd request by a second. */
test.describe.configure({ timeout: 900_000 });

for (const server of conformants) {
  test(`the server ${server.id} keeps the contract: ${server.differs}`, async () => {
    const { verdict, cause, wrong } = await proveConformant(server, catalogue);
    expect({ verdict, cause, wrong }).toEqual({ verdict: 'conformant', cause: undefined, wrong: [] });
  });
}

test('a warning that does not come is as wrong as one that is not deserved', async () => {
  const server = { ...conformants[0]!, warns: ['hygiene/no-open-cors'] };
  const { wrong } = await proveConformant(server, catalogue);
  expect(wrong).toEqual(['hygiene/no-open-cors is pass']);
});

test('the algorithm of the keys is read from them', async () => {
  const report = await runReference({ algorithm: 'PS256' }, { depth: 'quick', atATime: 4, operations: [] });
  expect(report.target.algorithm).toBe('PS256');
});

test('there are enough of them, and each has a name of its own', () => {
  const ids = conformants.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(variants.length).toBeGreaterThanOrEqual(20);
});
