import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './cli.ts';

/** The code blocks of one language in a section of README.md, in their order. */
export function readmeBlocks(heading: string, language: string): string[] {
  const text = readFileSync(join(repository, 'README.md'), 'utf8');
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const own = section.split('\n## ')[0] ?? '';
  const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm');
  return [...own.matchAll(pattern)].map(([, code = '']) => code);
}
