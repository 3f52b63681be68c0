import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import manifest from '../../../package.json' with { type: 'json' };
import { repositoryFiles, root, textOf } from '../support/imports.ts';
import { anchorsOf, linksOf } from '../support/markdown.ts';

const pages = repositoryFiles().filter((file) => file.endsWith('.md'));
const isWeb = (link: string): boolean => /^[a-z]+:/i.test(link);
const relative = (page: string): string[] => linksOf(textOf(page)).filter((link) => !isWeb(link));

/** Links of a page that lead nowhere: the file, or the heading in it, does not exist. */
function brokenIn(page: string): string[] {
  return relative(page).filter((link) => {
    const [path = '', anchor] = link.split('#');
    const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
    if (file.startsWith('..') || !existsSync(join(root, file))) return true;
    return anchor !== undefined && !anchorsOf(textOf(file)).includes(anchor);
  });
}

test('the links of the main pages are found', () => {
  for (const page of ['README.md', 'reports/README.md', 'schemas/README.md', '.github/WORKFLOWS.md']) {
    expect(pages).toContain(page);
    expect(relative(page).length, page).toBeGreaterThan(0);
  }
});

for (const page of pages) {
  test(`every relative link and anchor of ${page} leads somewhere`, () => {
    expect(brokenIn(page)).toEqual([]);
  });
}

test('every page is linked from the README, or from a page that is', () => {
  const reached = new Set<string>();
  const visit = (page: string): void => {
    if (reached.has(page)) return;
    reached.add(page);
    for (const link of relative(page)) {
      const [path = ''] = link.split('#');
      if (path.endsWith('.md')) visit(join(dirname(page), path));
    }
  };
  visit('README.md');
  const forms = /^\.github\/(ISSUE_TEMPLATE\/|pull_request_template)/;
  expect(pages.filter((page) => !reached.has(page) && !forms.test(page))).toEqual([]);
});

test('the package has every page that its README names, but for those on this repository', () => {
  const named = relative('README.md').flatMap((link) => link.split('#')[0] ?? []);
  const own = /^(\.github\/|CONTRIBUTING\.md$|\.env\.example$)/;
  const missing = named.filter((file) => file !== '' && !own.test(file) && !manifest.files.includes(file));
  expect([...new Set(missing)]).toEqual([]);
});

test('the README shows a failing report, light and dark, in pictures below 200 KB', () => {
  for (const name of ['.github/report.png', '.github/report-dark.png']) {
    expect(relative('README.md')).toContain(name);
    const picture = readFileSync(join(root, name));
    expect(picture.subarray(1, 4).toString()).toBe('PNG');
    expect(picture.length).toBeLessThan(200_000);
  }
});

test('links and anchors are read as GitHub reads them', () => {
  const text = [
    '# One, *two* & `three`',
    '## Same',
    '## Same',
    '```sh',
    '# no heading [no](link.md)',
    '```',
    'see [a](b.md#c) and `[no](code.md)`, <img src="d.png"> <source srcset="e.png">',
  ].join('\n');
  expect(anchorsOf(text)).toEqual(['one-two--three', 'same', 'same-1']);
  expect(linksOf(text)).toEqual(['b.md#c', 'd.png', 'e.png']);
});
