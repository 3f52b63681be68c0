import { expect, test } from '@playwright/test';
import { createKnownFindings } from '../../../../harness/engine/session/repeat-log.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { conformance } from '../../support/cli.ts';

const kind = 'bad-challenge 401';

/** Asks so many times at once; returns how many were told that the kind is known, or undefined while one waits. */
async function askedAtOnce(
  known: ReturnType<typeof createKnownFindings>,
  times: number,
  whileWaiting: () => void,
): Promise<{ readonly known: number; readonly repeating: number }> {
  const all = Array.from({ length: times }, () => known.isKnown(kind, true));
  whileWaiting();
  const answers = await Promise.all(all);
  const yes = answers.filter(Boolean).length;
  return { known: yes, repeating: times - yes };
}

test('at depth quick, enough findings of a kind repeat, and the others wait for them', async () => {
  const known = createKnownFindings('quick');
  const countEight = (repeated: boolean) => () => {
    for (let count = 0; count < 8; count += 1) known.count(kind, repeated);
  };
  expect(await askedAtOnce(known, 20, countEight(true))).toEqual({ known: 12, repeating: 8 });
  expect(await known.isKnown(kind, true)).toBe(true);
});

test('if one of them does not repeat, all others of the kind must', async () => {
  const known = createKnownFindings('quick');
  const seen = await askedAtOnce(known, 20, () => known.count(kind, false));
  expect(seen).toEqual({ known: 0, repeating: 20 });
});

test('who repeats something already does not wait, and who waits in vain repeats', async () => {
  const known = createKnownFindings('quick');
  await askedAtOnce(known, 8, () => undefined);
  expect(await known.isKnown(kind, false)).toBe(false);
  expect(await known.isKnown(kind, true)).toBe(false);
});

test('at depth full nobody waits', async () => {
  const known = createKnownFindings('full');
  expect(await askedAtOnce(known, 30, () => undefined)).toEqual({ known: 0, repeating: 30 });
});

for (const faults of [[], ['no-challenge']]) {
  test(`depth quick sends at most 1,000 requests: ${faults.join() || 'nothing is wrong'}`, async () => {
    const server = await startReference({ faults });
    const { environment } = server;
    const out = test.info().outputPath('quick');
    const ended = conformance(out, ['--depth', 'quick'], { environment }).finally(() => server.close());
    const { report, exitCode } = await ended;
    expect(exitCode).toBe(0);
    expect(report.counts.requests).toBeLessThanOrEqual(1000);
  });
}
