import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './cli.ts';
import { codeBlocks, withBlanksForBlocks } from './markdown.ts';

/** The code blocks of one language in a section of a page of this repository, in their order. */
export function pageBlocks(page: string, heading: string, language: string): string[] {
  const text = readFileSync(join(repository, page), 'utf8');
  // A comment in a code block looks like a heading.
  const shown = withBlanksForBlocks(text);
  const found = new RegExp(`^(#+) ${heading}$`, 'm').exec(shown);
  if (found === null) return [];
  const { 0: line, 1: marks = '#', index } = found;
  const from = index + line.length;
  const next = shown.slice(from).search(new RegExp(`^#{1,${marks.length}} \\S`, 'm'));
  return codeBlocks(text.slice(from, next < 0 ? undefined : from + next)).flatMap((block) =>
    block.language === language ? [block.code] : [],
  );
}
