import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { releaseNotes } from '../../../.github/scripts/release-notes.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { repository, run } from '../support/cli.ts';
import { textOf } from '../support/imports.ts';
import { ownPath } from '../support/own-path.ts';

const changelog =
  '# Changelog\n\n## [Unreleased]\n\n- new\n\n## [0.2.0] - 2026-11-29\n\n### Added\n\n- two\n\n## [0.1.0] - 2026-09-01\n\n- one\n';

test('the notes of a release are what the changelog says of its version', () => {
  expect(releaseNotes('v0.2.0', '0.2.0', changelog)).toBe('### Added\n\n- two\n');
  expect(releaseNotes('v0.1.0', '0.1.0', changelog)).toBe('- one\n');
});

test('a tag of another version, and a version without notes, are refused', () => {
  expect(() => releaseNotes('v0.2.1', '0.2.0', changelog)).toThrow(
    'The tag v0.2.1 is not v0.2.0, the version of package.json; change one of the two.',
  );
  expect(() => releaseNotes('v0.3.0', '0.3.0', changelog)).toThrow(
    'CHANGELOG.md has no section "## [0.3.0] - YYYY-MM-DD" with a text; write it first.',
  );
});

test('the version of package.json has a section in the changelog', () => {
  const { version } = manifest;
  expect(releaseNotes(`v${version}`, version, textOf('CHANGELOG.md')).length).toBeGreaterThan(100);
});

test('the step writes the notes of its tag, and ends with 1 for another tag', async () => {
  const notes = ownPath('notes.md');
  const script = ['--import', 'tsx', join(repository, '.github/scripts/release-notes.ts'), notes];
  const step = (tag: string) => run(process.execPath, script, { environment: { GITHUB_REF_NAME: tag } });
  const wrong = await step('v9.9.9');
  expect([wrong.exitCode, wrong.stderr]).toEqual([
    1,
    `The tag v9.9.9 is not v${manifest.version}, the version of package.json; change one of the two.\n`,
  ]);
  expect((await step(`v${manifest.version}`)).exitCode).toBe(0);
  expect(readFileSync(notes, 'utf8')).toContain('### Added');
});

test('the release has the tag, the package and its notes', async () => {
  test.skip(process.platform === 'win32', 'needs bash');
  const folder = ownPath('package');
  mkdirSync(folder);
  for (const name of ['a.tgz', 'notes.md']) writeFileSync(join(folder, name), '');
  const gh = ownPath('gh');
  writeFileSync(gh, '#!/bin/sh\nprintf "%s\\n" "$@"\n', { mode: 0o755 });
  const environment = {
    PATH: `${join(gh, '..')}:${process.env.PATH}`,
    GH_TOKEN: 'token',
    GITHUB_REF_NAME: 'v0.2.0',
    GITHUB_REPOSITORY: 'owner/suite',
  };
  const script = join(repository, '.github/scripts/create-release.sh');
  const { exitCode, stdout } = await run('bash', [script, folder], { environment });
  expect(exitCode).toBe(0);
  expect(stdout.trim().split('\n')).toEqual([
    ...['release', 'create', 'v0.2.0', join(folder, 'a.tgz'), '--repo', 'owner/suite', '--verify-tag'],
    ...['--title', 'v0.2.0', '--notes-file', join(folder, 'notes.md')],
  ]);
});
