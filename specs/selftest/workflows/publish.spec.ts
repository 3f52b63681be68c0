import { cp, writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import manifest from '../../../package.json' with { type: 'json' };
import { linesOf, repository, run } from '../support/cli.ts';
import { textOf as evaluated } from '../support/github/expressions.ts';
import { type Tree, type TreeMap, treeOf } from '../support/github/read.ts';
import { textOf } from '../support/imports.ts';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const path = '.github/workflows/publish.yml';
const names = 'The package names the repository that it comes from';

test('package.json names no repository, because nobody knows whose copy this is', () => {
  expect(Object.keys(manifest).filter((name) => /^(repository|bugs|homepage|funding)$/.test(name))).toEqual(
    [],
  );
});

test('what publish.yml packs names the repository that it was packed in, and asks nobody for money', async () => {
  const folder = test.info().outputPath();
  await cp(`${repository}/package.json`, `${folder}/package.json`);
  const { build } = treeOf(path, textOf(path)).jobs as Readonly<Record<string, TreeMap>>;
  const step = (build!.steps as readonly TreeMap[]).find(({ name }) => name === names)!;
  const env = Object.entries(step.env as Readonly<Record<string, Tree>>).map(
    ([name, value]) => [name, evaluated(value, { github: { repository: 'vendor/conformance' } })] as const,
  );
  const options = { cwd: folder, environment: Object.fromEntries(env) };
  const script = test.info().outputPath('step.sh');
  await writeFile(script, step.run as string);
  const set = await run('bash', ['-e', '-o', 'pipefail', script], options);
  expect([set.exitCode, set.stderr]).toEqual([0, '']);
  const packed = await run(npm, ['pack', '--silent', '--ignore-scripts'], { cwd: folder });
  expect(packed.exitCode, packed.stderr).toBe(0);
  const tarball = linesOf(packed.stdout).at(-1) ?? '';
  const { stdout } = await run('tar', ['-xzOf', tarball, 'package/package.json'], { cwd: folder });
  const of = 'https://github.com/vendor/conformance';
  const { repository: place, bugs, homepage, funding, ...rest } = JSON.parse(stdout);
  expect({ place, bugs, homepage, funding }).toEqual({
    place: { type: 'git', url: `git+${of}.git` },
    bugs: { url: `${of}/issues` },
    homepage: `${of}#readme`,
    funding: undefined,
  });
  expect(rest).toEqual(manifest);
});

test('it is packed after that', () => {
  const steps: { readonly name?: string; readonly run?: string }[] = parse(textOf(path)).jobs.build.steps;
  const at = (found: (step: (typeof steps)[number]) => boolean): number => steps.findIndex(found);
  expect(at(({ name }) => name === names)).toBeGreaterThan(-1);
  expect(at(({ run: text }) => text?.startsWith('npm pack ') === true)).toBeGreaterThan(
    at(({ name }) => name === names),
  );
});
