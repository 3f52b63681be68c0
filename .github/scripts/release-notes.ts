/**
 * Writes the part of CHANGELOG.md about the version of this run. Ends with 1 if the tag belongs to another version.
 * usage: release-notes.ts <notes.md>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { variable } from './gh.ts';

const root = join(import.meta.dirname, '..', '..');
const textOf = (name: string): string => readFileSync(join(root, name), 'utf8');

/**
 * The section of CHANGELOG.md about a version, without its heading. Throws if the tag does not match the version of
 * package.json, or if the version has no section.
 */
export function releaseNotes(tag: string, version: string, changelog: string): string {
  if (tag !== `v${version}`) {
    throw new Error(`The tag ${tag} is not v${version}, the version of package.json; change one of the two.`);
  }
  const sections = changelog.split(/^## /m);
  const own = sections.find((section) => section.startsWith(`[${version}] - `));
  const text = own?.slice(own.indexOf('\n')).trim() ?? '';
  if (text === '') {
    throw new Error(
      `CHANGELOG.md has no section "## [${version}] - YYYY-MM-DD" with a text; write it first.`,
    );
  }
  return `${text}\n`;
}

const [, script, target] = process.argv;
if (script === import.meta.filename && target !== undefined) {
  try {
    const { version } = JSON.parse(textOf('package.json')) as { version: string };
    writeFileSync(target, releaseNotes(variable('GITHUB_REF_NAME'), version, textOf('CHANGELOG.md')));
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
