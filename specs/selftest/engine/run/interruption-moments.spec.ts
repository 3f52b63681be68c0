import { expect, test } from '@playwright/test';
import { interruptAt, seeded, ways } from '../../support/interrupting.ts';

const longestMs = 9000;
/** Additional time for a run: it starts, and it ends cleanly. */
const aroundMs = 60_000;

/** The moments differ from run to run; a run prints its seed, and MOMENTS_SEED repeats it. */
function momentsOf(count: number): number[] {
  const seed = Number(process.env.MOMENTS_SEED ?? Date.now() % 1_000_000);
  test.info().annotations.push({ type: 'seed', description: `MOMENTS_SEED=${seed}` });
  const random = seeded(seed);
  const moments = Array.from({ length: count }, () => Math.round(random() * longestMs));
  process.stdout.write(`MOMENTS_SEED=${seed}: ended after ${moments.join(', ')} ms\n`);
  return moments;
}

for (const [times, tag] of [
  [1, []],
  [20, ['@thorough']],
] as const) {
  for (const way of ways) {
    test(`a run that ${way.name} ends at any moment (${times} tried) leaves no key, no process and no wrong report`, {
      tag: [...tag],
    }, async () => {
      test.skip(process.platform === 'win32', 'there are no process groups');
      test.setTimeout(times * (longestMs + aroundMs));
      for (const [index, moment] of momentsOf(times).entries()) {
        await test.step(`after ${moment} ms`, () =>
          interruptAt(way, moment, test.info().outputPath(`report-${index}`)));
      }
      expect(test.info().errors).toEqual([]);
    });
  }
}
