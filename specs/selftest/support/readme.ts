import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './cli.ts';
import { codeBlocks } from './markdown.ts';

/** The code blocks of one language in a section of a page of this repository, in their order. */
export function pageBlocks(page: string, heading: string, language: string): string[] {
  const text = readFileSync(join(repository, page), 'utf8');
  const [, marks = '#', rest = ''] = new RegExp(`^(#+) ${heading}\\n([\\s\\S]*)`, 'm').exec(text) ?? [];
  const [own = ''] = rest.split(new RegExp(`^#{1,${marks.length}} \\S`, 'm'));
  return codeBlocks(own).flatMap((block) => (block.language === language ? [block.code] : []));
}
