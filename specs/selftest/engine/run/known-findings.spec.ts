import { expect, test } from '@playwright/test';
import { createKnownFindings } from '../../../../harness/engine/session/repeat-log.ts';
import { startReference } from '../../../../harness/reference/start.ts';
import { conformance } from '../../support/cli.ts';

const kind = 'bad-challenge 401';

/** Asks so many times at once; counts the answers so far. */
function ask(known: ReturnType<typeof createKnownFindings>, times: number, mayWait = true) {
  const told = { known: 0, repeating: 0 };
  for (let asked = 0; asked < times; asked += 1) {
    known.isKnown(kind, mayWait).then((isKnown) => {
      told[isKnown ? 'known' : 'repeating'] += 1;
    });
  }
  return told;
}

/** Everybody who need not wait has an answer afterwards. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

/** Ends so many repetitions with this result each. */
function ended(known: ReturnType<typeof createKnownFindings>, ...repeated: readonly boolean[]): void {
  for (const one of repeated) known.count(kind, one);
  known.end(repeated.map(() => kind));
}

const eightRepeated = Array.from({ length: 8 }, () => true);

test('at depth quick, eight findings of a kind repeat, and the others wait for them', async () => {
  const known = createKnownFindings('quick');
  const told = ask(known, 20);
  await turn();
  expect(told).toEqual({ known: 0, repeating: 8 });
  ended(known, ...eightRepeated);
  await turn();
  expect(told).toEqual({ known: 12, repeating: 8 });
});

test('if one of them does not repeat, all others of the kind must', async () => {
  const known = createKnownFindings('quick');
  const told = ask(known, 20);
  await turn();
  ended(known, false, ...eightRepeated.slice(1));
  await turn();
  expect(told).toEqual({ known: 0, repeating: 20 });
  ended(known, ...eightRepeated);
  const later = ask(known, 1);
  await turn();
  expect(later).toEqual({ known: 0, repeating: 1 });
});

test('for one that ends without a result, another one repeats', async () => {
  const known = createKnownFindings('quick');
  const told = ask(known, 10);
  await turn();
  known.end([kind]);
  await turn();
  expect(told).toEqual({ known: 0, repeating: 9 });
});

test('who repeats something already waits for nobody, and at depth full nobody waits', async () => {
  const quick = createKnownFindings('quick');
  ask(quick, 8);
  const more = ask(quick, 1, false);
  const full = ask(createKnownFindings('full'), 30);
  await turn();
  expect(more).toEqual({ known: 0, repeating: 1 });
  expect(full).toEqual({ known: 0, repeating: 30 });
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
