import { expect, test } from '@playwright/test';
import { judgeRound } from '../../../../harness/engine/procedures/linearizable.ts';
import { surelySeenMs } from '../../../../harness/engine/procedures/staleness-power.ts';
import type { SentRequest } from '../../../../harness/engine/session/send.ts';

/** Uses of a key: the start of each, and its status. The regeneration is answered at 10. */
function messageOf(...uses: readonly (readonly [startedMs: number, status: number])[]): string | undefined {
  const sent = uses.map(([startedMs, status]) => ({
    exchange: { id: `at ${startedMs}`, startedMs, endedMs: startedMs + 1, response: { status } },
  }));
  return judgeRound(sent as unknown as SentRequest[], 5, 10).found[0]?.message;
}

test('an old key that is refused at last is stale for as long as was seen', () => {
  expect(messageOf([1, 200], [12, 200], [30, 200], [40, 401])).toBe(
    '2 requests with the old key that began after the regeneration ended are accepted, the last 20 ms later',
  );
  expect(messageOf([1, 200], [12, 401])).toBeUndefined();
});

test('an old key that is accepted to the end is said to be, because the time is only that of the measurement', () => {
  expect(messageOf([1, 200], [12, 401], [30, 200])).toBe(
    '1 request with the old key that began after the regeneration ended is accepted, the last 20 ms later; it was still accepted when the measurement ended',
  );
});

test('what a measurement sees with 99 % follows from how often uses begin after the regeneration', () => {
  const timeline = (starts: readonly number[]) => ({
    regenerationEndMs: 10,
    longestStalenessMs: 0,
    uses: starts.map((startMs) => ({ startMs, endMs: startMs + 1, accepted: false })),
  });
  const everyMs = timeline(Array.from({ length: 100 }, (_, index) => 11 + index));
  expect(surelySeenMs([everyMs])).toBe(5.61);
  expect(surelySeenMs([everyMs, everyMs]), 'two rounds see twice as much').toBe(3.3);
  expect(surelySeenMs([timeline([1, 5])]), 'no use began afterwards').toBeUndefined();
});
