import { expect, test } from '@playwright/test';
import { commandLine } from '../../../harness/cli/program.ts';
import { cli } from '../support/cli.ts';

const program = commandLine(async () => {});

test('without arguments the command line prints its help, which is not an error, and starts no run', async () => {
  const [bare, asked] = [await cli([]), await cli(['--help'])];
  expect([bare.exitCode, bare.stderr]).toEqual([0, '']);
  expect(bare.stdout).toBe(asked.stdout);
  for (const command of ['init', 'doctor', 'run', 'certify']) {
    expect(bare.stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  }
  expect(bare.stdout).toContain('Exit codes of run, merge and certify:\n  0  conformant: ');
});

test('the help of every command lists its exit codes, with the numbers that commands end with', () => {
  const codesOf = (name: string): string[] => {
    const [, list = ''] = /^Exit codes:\n((?: {2}\d {2}\S.*\n)+)$/m.exec(helpOf(name)) ?? [];
    return list.match(/^ {2}\d/gm)?.map((code) => code.trim()) ?? [];
  };
  const found = Object.fromEntries(
    program.commands.map((command) => [command.name(), codesOf(command.name())]),
  );
  const [all, done] = [
    ['0', '1', '2', '3'],
    ['0', '3'],
  ];
  expect(found).toEqual({
    ...Object.fromEntries(program.commands.map((command) => [command.name(), done])),
    ...Object.fromEntries(['run', 'merge', 'certify', 'replay', 'compare'].map((name) => [name, all])),
    ...Object.fromEntries(['doctor', 'public-key'].map((name) => [name, ['0', '2', '3']])),
    verify: ['0', '1', '3'],
  });
  expect(helpOf('doctor')).toContain('  0  a run is worth it\n');
  expect(helpOf('verify')).toContain('  1  the certificate does not hold\n');
});

/** What `--help` of a command prints. */
function helpOf(name: string): string {
  const command = program.commands.find((one) => one.name() === name)!;
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) }).outputHelp();
  return text;
}
