import { join } from 'node:path';
import { plainJson } from '../render/text.ts';
import { writeTogether } from '../write.ts';
import type { History } from './model.ts';
import { renderHistoryMarkdown } from './render/markdown.ts';
import { renderPage } from './render/page.ts';

/** Writes the three renderings into a folder and returns the path of the page. Throws WriteFailure. */
export async function writeHistory(history: History, directory: string): Promise<string> {
  const texts = {
    'history.json': `${plainJson(JSON.stringify(history, null, 1))}\n`,
    'history.md': renderHistoryMarkdown(history),
    'history.html': renderPage(history),
  };
  const files = Object.entries(texts).map(([name, text]) => ({ path: join(directory, name), text }));
  await writeTogether(files, directory, 'The history');
  return join(directory, 'history.html');
}
