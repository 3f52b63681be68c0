import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { run } from '../support/cli.ts';
import { apply, changedIn, scratchCopy, walkthroughs } from '../support/walkthrough.ts';

/** The most files that a change may touch. */
const most: Readonly<Record<string, number>> = {
  'A scenario': 3,
  'A requirement': 4,
  'A fault': 1,
  'An operation': 3,
  'A report format': 3,
  'An option': 4,
  'A profile': 4,
};

for (const { title, edits, commands } of walkthroughs()) {
  test(`${title}: what CONTRIBUTING shows works, and touches no more than ${most[title]} files`, async () => {
    test.setTimeout(500_000);
    const folder = await scratchCopy();
    try {
      await apply(folder, edits);
      for (const command of [...commands, 'npx tsc --noEmit', 'npx biome ci --error-on-warnings .']) {
        const { exitCode, stdout, stderr } = await run('bash', ['-c', command], { cwd: folder });
        expect(exitCode, `${command}\n${stdout.slice(-4_000)}\n${stderr.slice(-4_000)}`).toBe(0);
      }
      const changed = changedIn(folder);
      expect(changed.length, changed.join(', ')).toBeLessThanOrEqual(most[title] ?? 0);
      expect(changed).toEqual(expect.arrayContaining([...new Set(edits.map(({ path }) => path))]));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}
