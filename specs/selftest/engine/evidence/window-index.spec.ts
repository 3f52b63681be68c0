import { expect, test } from '@playwright/test';
import { createWindowIndex, windowLength } from '../../../../harness/engine/evidence/window-index.ts';

/** The definition, without any shortcut: 1 for every character of a window that is part of a known text. */
function plainly(text: string, learnt: readonly string[]): Uint8Array {
  const found = new Uint8Array(text.length);
  for (let at = 0; at + windowLength <= text.length; at += 1) {
    const window = text.slice(at, at + windowLength);
    if (learnt.some((one) => one.includes(window))) found.fill(1, at, at + windowLength);
  }
  return found;
}

/** Numbers below a limit, the same for the same seed (mulberry32). */
function numbersFrom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

const characters = 'ab-_.%/+=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789cdefghijklmnopqrstuvwxyzé‹😀';

test('of 4,000 made-up texts exactly the characters of learnt windows are found', () => {
  const wrong: string[] = [];
  let hit = 0;
  for (let seed = 1; seed <= 4000; seed += 1) {
    const below = numbersFrom(seed);
    const variety = [2, 3, 8, characters.length][seed % 4] ?? 2;
    const made = (length: number): string =>
      Array.from({ length }, () => characters[below(variety)] ?? '').join('');
    const learnt = Array.from({ length: 1 + below(4) }, () => made(below(80)));
    const text = Array.from({ length: below(10) }, () => {
      const source = learnt[below(learnt.length)] ?? '';
      const at = below(source.length + 1);
      return below(3) === 0 ? made(below(12)) : source.slice(at, at + 5 + below(30));
    }).join(below(2) === 0 ? '' : made(1));
    const index = createWindowIndex();
    for (const one of learnt) index.learn(one);
    const expected = plainly(text, learnt);
    const found = index.find(text) ?? new Uint8Array(text.length);
    if (expected.includes(1)) hit += 1;
    if (Buffer.compare(found, expected) !== 0) wrong.push(`seed ${seed}`);
  }
  expect(wrong).toEqual([]);
  expect(hit).toBeGreaterThan(2000);
});

test('nothing is found before anything is learnt, nor what was learnt is shorter than a window', () => {
  const index = createWindowIndex();
  expect(index.find('a text that is long enough')).toBeUndefined();
  index.learn('a text that ');
  expect(index.find('a text that is long enough')).toBeUndefined();
  index.learn('a text that i');
  expect(index.find('so a text that is long')).toEqual(plainly('so a text that is long', ['a text that i']));
});
