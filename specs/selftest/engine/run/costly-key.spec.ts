import { expect, test } from '@playwright/test';
import { judgeTimes } from '../../../../harness/engine/procedures/costly-key.ts';

const judged = (cheapMs: readonly number[], costlyMs: number, timedOut = false) =>
  judgeTimes({ cheapMs, costlyMs, timedOut });

test('what takes many times as long as cheap keys before and after is late', () => {
  expect(judged([5, 6, 4, 5], 2_500)).toBe('late');
  expect(judged([5, 6, 4, 5], 10_000, true)).toBe('late');
  // One of the fast ones had to wait.
  expect(judged([60, 50, 600, 55], 2_500)).toBe('late');
});

test('what takes as long as cheap keys, or a moment longer, is in time', () => {
  expect(judged([5, 6, 4, 5], 5)).toBe('in time');
  expect(judged([5, 6, 4, 5], 200)).toBe('in time');
  expect(judged([3_000, 2_800, 4_000, 3_500], 4_200)).toBe('in time');
});

test('a slow or busy server is never accused', () => {
  for (const slow of [500, 1_000, 3_000, 9_000]) {
    for (const times of [1, 1.5, 2, 3]) {
      expect(judged([slow, slow, slow, slow], times * slow), `${times} x ${slow}`).not.toBe('late');
    }
    // The time limit of a request hides how long it would have taken.
    expect(judged([slow, slow, slow, slow], 10_000, true)).toBe(slow < 1_000 ? 'late' : 'undecided');
  }
  expect(judged([5, 6, 4, 5], 900)).toBe('undecided');
  expect(judged([5, 6, 4, 2_000], 4_500)).toBe('undecided');
});
