import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The command line of GitHub: takes its arguments and returns its output; throws its message if it fails. */
export type Gh = (...args: readonly string[]) => string;

export const gh: Gh = (...args) =>
  execFileSync('gh', [...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** A variable that the runner or the workflow sets. */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; the workflow has to set it.`);
  return value;
}

/**
 * The path of a new file with this text. Text is never passed as an argument: it may be long, and may begin with a
 * dash.
 */
export function inFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'gh-')), 'body.md');
  writeFileSync(path, `${text}\n`);
  return path;
}
