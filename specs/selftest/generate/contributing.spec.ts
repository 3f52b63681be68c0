import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { root, textOf } from '../support/imports.ts';
import { edited, walkthroughs } from '../support/walkthrough.ts';

test('CONTRIBUTING walks through seven changes', () => {
  expect(walkthroughs().map(({ title }) => title)).toEqual([
    'A scenario',
    'A requirement',
    'A fault',
    'An operation',
    'A report format',
    'An option',
    'A profile',
  ]);
});

for (const { title, edits, commands } of walkthroughs()) {
  test(`${title} of CONTRIBUTING fits the files that there are, and has a command that shows it`, () => {
    const texts = new Map<string, string>();
    for (const edit of edits) {
      const { path } = edit;
      const text = texts.get(path) ?? (existsSync(join(root, path)) ? textOf(path) : undefined);
      texts.set(path, edited(text, edit));
    }
    expect(texts.size).toBeGreaterThan(0);
    expect(commands.length).toBeGreaterThan(0);
  });
}

test('an edit is refused unless its place exists exactly once', () => {
  const edit = { path: 'a.ts', old: 'b\n', text: 'c\n' };
  expect(edited('a\nb\n', edit)).toBe('a\nc\n');
  expect(() => edited('a\n', edit)).toThrow('a.ts has 0 times');
  expect(() => edited('b\nb\n', edit)).toThrow('a.ts has 2 times');
  expect(() => edited('a\n', { ...edit, old: undefined })).toThrow('a.ts is there already');
});
