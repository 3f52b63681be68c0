import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { commandLine } from '../../../harness/cli/program.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { repositoryFiles, root, textOf } from '../support/imports.ts';
import { codeBlocks, codeSpans } from '../support/markdown.ts';

const pages = repositoryFiles().filter(
  (file) => file.endsWith('.md') && !['specs/README.md', 'CHANGELOG.md'].includes(file),
);
const scripts: Readonly<Record<string, string>> = manifest.scripts;

/** The words of a command, split as a shell would split it; supports what the pages use. */
function wordsOf(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}

/**
 * The commands that a page tells its reader to type: lines of its shell blocks, and spans that begin like a command.
 */
function commandsOf(page: string): string[] {
  const text = textOf(page);
  const lines = codeBlocks(text).flatMap(({ language, code }) =>
    language === 'sh' ? code.replaceAll('\\\n', ' ').split('\n') : [],
  );
  return (
    [...lines, ...codeSpans(text)]
      .map((line) => line.replace(/^\$\((.*)\)$/, '$1').replace(/(^| )# .*$/, ''))
      .flatMap((line) => line.split(' && '))
      .map((line) => line.trim().replace(/^([A-Z_]+=\S+ )+/, ''))
      .filter((line) => /^(npm|npx|node|node_modules\/\S+) \S/.test(line) && !line.includes('NAME'))
      // The test of a page runs programs in an argument of node.
      .filter((line) => !line.startsWith('node -e'))
  );
}

/** What is wrong with the arguments of our command line; undefined if it accepts them. */
function faultOfArguments(args: readonly string[]): string | undefined {
  const program = commandLine(async () => {});
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => {}, writeOut: () => {} });
    if (command !== program) command.action(() => {});
  }
  try {
    program.parse(
      args.filter((word) => word !== 'OPTIONS'),
      { from: 'user' },
    );
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const isOwn = (command: string): boolean => command.endsWith('harness/start.mjs');

/** What is wrong with a command of a page; undefined if it can be run. */
function faultOf(command: string): string | undefined {
  const words = wordsOf(command).filter((word) => !['-s', '--silent'].includes(word));
  const [program = '', first = '', second = '', ...rest] = words;
  if (program === 'npm' && first === 'run') {
    const script = scripts[second];
    if (script === undefined) return `there is no script ${second}`;
    const args = rest[0] === '--' ? rest.slice(1) : rest;
    const [, own] = /harness\/start\.mjs (\w+)$/.exec(script) ?? [];
    if (own !== undefined) return faultOfArguments([own, ...args]);
    const [, file = ''] = /(\S+\.ts)$/.exec(script) ?? [];
    const unknown = args.find((word) => word.startsWith('--') && !textOf(file).includes(`'${word}`));
    return unknown === undefined ? undefined : `${file} has no option ${unknown}`;
  }
  if (program === 'npm')
    return ['ci', 'test', 'pack', 'install'].includes(first) ? undefined : 'unknown to npm';
  const at = words.findIndex((word) => isOwn(word) || /(^|\/)mufi-conformance$/.test(word));
  if (at >= 0) return faultOfArguments(words.slice(at + 1));
  const files = words.filter((word) => /\.[cm]?[jt]s$/.test(word));
  const missing = files.find((file) => !existsSync(join(root, file)));
  if (missing !== undefined) return `there is no file ${missing}`;
  return files.length > 0 || first === 'playwright' ? undefined : 'nobody checks it';
}

for (const page of pages) {
  test(`every command in ${page} exists, with its arguments and options`, () => {
    const faults = commandsOf(page).flatMap((command) => {
      const fault = faultOf(command);
      return fault === undefined ? [] : [`${command}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });
}

test('the commands of the pages are found, and wrong ones are told from right ones', () => {
  expect(commandsOf('README.md')).toEqual(
    expect.arrayContaining(['npm ci', 'npm run plan', 'npm run prove']),
  );
  expect(commandsOf('reports/README.md').length).toBeGreaterThan(7);
  for (const wrong of [
    'npm run nothing',
    'npm run conformance -- --dept quick',
    'npm run prove -- --wrote',
    'npx mufi-conformance verify',
    'npx tsx harness/nowhere.ts',
    'npx something else',
  ]) {
    expect(faultOf(wrong), wrong).toBeDefined();
  }
  expect(faultOf('npm run conformance -- --depth quick -g "a b"')).toBeUndefined();
});

test('the README has a row for every option of run and plan, and none that there is not', () => {
  const [, table = ''] = textOf('README.md').split('| option of `run` and `plan`');
  const documented = [...table.matchAll(/^\| `(--?[\w-]+)/gm)].map(([, name]) => name);
  const commands = commandLine(async () => {}).commands.filter((one) => ['run', 'plan'].includes(one.name()));
  const options = commands.flatMap((one) => one.options.map(({ long, short }) => short ?? long));
  expect(documented.sort()).toEqual([...new Set(options)].sort());
});
