import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { repositoryFiles, root, textOf } from './imports.ts';

/** One change of a file, as CONTRIBUTING shows it: a new file, or a text that replaces another. */
export interface Edit {
  readonly path: string;
  readonly old: string | undefined;
  readonly text: string;
}

/** A change that CONTRIBUTING walks through. */
export interface Walkthrough {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly commands: readonly string[];
}

/**
 * The examples of CONTRIBUTING. A line "`path`:" or "`path`, a new file:" names the file of the next blocks. A `diff`
 * block describes one place in the file; lines that begin with `$` in a `console` block are run.
 */
export function walkthroughs(): Walkthrough[] {
  const [, page = ''] = /^## Changes, step by step$(.*?)^## /ms.exec(textOf('CONTRIBUTING.md')) ?? [];
  return page
    .split(/^### /m)
    .slice(1)
    .map((section) => {
      const edits: Edit[] = [];
      const commands: string[] = [];
      let path = '';
      const parts = section.matchAll(/^`([^`\n]+)`(?:, a new file)?:$|^```(ts|diff|console)\n(.*?)^```$/gms);
      for (const [, named, language, code = ''] of parts) {
        if (named !== undefined) path = named;
        else if (language === 'ts') edits.push({ path, old: undefined, text: code });
        else if (language === 'diff') edits.push({ path, old: side(code, '-'), text: side(code, '+') });
        else commands.push(...[...code.matchAll(/^\$ (.+)$/gm)].map(([, command = '']) => command));
      }
      return { title: section.split('\n')[0] ?? '', edits, commands };
    });
}

/** The lines of one side of a difference, with its unchanged lines. */
function side(code: string, sign: '-' | '+'): string {
  const lines = code.split('\n').filter((line) => line.startsWith(' ') || line.startsWith(sign));
  return lines.map((line) => `${line.slice(1)}\n`).join('');
}

/** The text of a file after an edit. Throws unless the old text occurs exactly once. */
export function edited(text: string | undefined, { path, old, text: now }: Edit): string {
  if (old === undefined) {
    if (text !== undefined) throw new Error(`${path} is there already`);
    return now;
  }
  const times = (text ?? '').split(old).length - 1;
  if (text === undefined || times !== 1) throw new Error(`${path} has ${times} times:\n${old}`);
  return text.replace(old, () => now);
}

/** A copy of the repository, under git, with the packages that are installed here. */
export async function scratchCopy(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-copy-'));
  for (const file of repositoryFiles()) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(root, file), join(folder, file));
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  return folder;
}

/** Applies edits to a folder. */
export async function apply(folder: string, edits: readonly Edit[]): Promise<void> {
  for (const edit of edits) {
    const path = join(folder, edit.path);
    const text = await readFile(path, 'utf8').catch(() => undefined);
    await writeFile(path, edited(text, edit));
  }
}

/** The changed files of a copy, without files that are generated from a document. */
export function changedIn(folder: string): string[] {
  const changed = git(folder, 'diff', '--name-only').split('\n');
  const added = git(folder, 'ls-files', '--others', '--exclude-standard').split('\n');
  return [...changed, ...added]
    .filter((file) => file !== '' && !file.startsWith('schemas/generated/'))
    .sort();
}

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
}
