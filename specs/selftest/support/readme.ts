import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './cli.ts';

/** A block of code in a page: its language, its text and the line on which it starts. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  readonly line: number;
}

/** The code blocks of a Markdown text, in their order. */
export function codeBlocks(text: string): CodeBlock[] {
  return [...text.matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(
    ({ 2: language = '', 3: code = '', index }) => ({
      language,
      code,
      line: text.slice(0, index).split('\n').length,
    }),
  );
}

/** The code blocks of one language in a section of a page of this repository, in their order. */
export function pageBlocks(page: string, heading: string, language: string): string[] {
  const text = readFileSync(join(repository, page), 'utf8');
  const [, marks = '', rest = ''] = new RegExp(`^(#+) ${heading}\\n([\\s\\S]*)`, 'm').exec(text) ?? [];
  const [own = ''] = rest.split(new RegExp(`^#{1,${marks.length || 1}} `, 'm'));
  return codeBlocks(own).flatMap((block) => (block.language === language ? [block.code] : []));
}
