import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { repository } from '../support/cli.ts';

const page = join(repository, '.github', 'SECURITY.md');
const text = readFileSync(page, 'utf8');
const headings = [
  'Secrets',
  'A hostile target',
  'Hostile key control',
  'Hostile evidence',
  'Production',
  'Interruption',
];

/** A promise: its text, and the tests in each linked file. */
const promises = text
  .split(/^## /m)
  .filter((section) => headings.some((heading) => section.startsWith(`${heading}\n`)))
  .flatMap((section) => section.split(/^- /m).slice(1));

test('the security page names the promises, and every heading has one', () => {
  for (const heading of headings) expect(text, heading).toMatch(new RegExp(`^## ${heading}\n\n- `, 'm'));
  expect(promises.length).toBeGreaterThan(headings.length);
  expect(readFileSync(join(repository, 'README.md'), 'utf8')).toContain('](.github/SECURITY.md)');
});

test('every promise links to a test that exists, by its file and title', () => {
  for (const promise of promises) {
    const links = [...promise.matchAll(/\]\((\.\.\/specs\/[\w./-]+\.spec\.ts)\):\s+`([^`]+)`/g)];
    expect(links.length, promise).toBeGreaterThan(0);
    for (const [, file = '', title = ''] of links) {
      const path = join(dirname(page), file);
      expect(existsSync(path), file).toBe(true);
      const source = readFileSync(path, 'utf8');
      const declared = [`'${title}'`, `"${title}"`, `\`${title}\``].some((quoted) =>
        source.replace(/\btest\(\s+/g, 'test(').includes(`test(${quoted}`),
      );
      expect(declared, `${file}: ${title}`).toBe(true);
    }
  }
});
