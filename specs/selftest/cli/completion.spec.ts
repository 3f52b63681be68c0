import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { completionScript } from '../../../harness/cli/completion/index.ts';
import { shells } from '../../../harness/cli/completion/shells.ts';
import { commandLine } from '../../../harness/cli/program.ts';
import { cli } from '../support/cli.ts';
import { textOf } from '../support/imports.ts';

const program = commandLine(async () => {});

/** What bash offers for a line while its last word is typed. */
function offered(...words: string[]): string[] {
  const quoted = ['mufi-conformance', ...words].map((word) => `'${word}'`).join(' ');
  const script = `${completionScript(program, 'bash')}
COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}
_mufi_conformance; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync('bash', ['-c', script], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.split('\n').filter((word) => word !== '');
}

test('bash completes commands, options, values and scenario ids', () => {
  expect(offered('')).toEqual([...program.commands.map((command) => command.name()), 'help']);
  expect(offered('co')).toEqual(['compare', 'completion']);
  expect(offered('run', '--wa')).toEqual(['--wait', '--watch']);
  expect(offered('--wa')).toEqual(['--wait', '--watch']);
  expect(offered('compare', '--wa')).toEqual([]);
  expect(offered('run', '--mode', '')).toEqual(['observe', 'reject-only', 'full']);
  expect(offered('plan', '--strict', '--profile', 'l')).toEqual(['lifecycle']);
  expect(offered('compare', '--format', 'm')).toEqual(['markdown']);
  expect(offered('init', '')).toEqual(['nightly', 'gate', 'vendor']);
  expect(offered('completion', 'z')).toEqual(['zsh']);
  expect(offered('replay', 'token/signature-verified/z')).toEqual(['token/signature-verified/zeros']);
  expect(offered('run', '-g', 'token/signature-verified/z')).toEqual(['token/signature-verified/zeros']);
  // bash completes file names itself.
  expect(offered('run', '--out', 'r')).toEqual([]);
});

test('every option of every command is offered, in every shell', () => {
  for (const command of program.commands) {
    const options = command.options
      .flatMap(({ short, long }) => [short, long])
      .filter((name) => name !== undefined);
    expect(offered(command.name(), '-').sort(), command.name()).toEqual([...options, '-h', '--help'].sort());
    for (const option of options) {
      const [, dashes = '', name = ''] = /^(--?)(.*)$/.exec(option) ?? [];
      expect(completionScript(program, 'zsh')).toContain(`'${option}:`);
      expect(completionScript(program, 'fish')).toMatch(
        new RegExp(
          `from ${command.name() === 'run' ? 'plan .*' : command.name()}'.* ${dashes === '--' ? '-l' : '-s'} ${name} `,
        ),
      );
    }
  }
});

for (const shell of shells) {
  test(`${shell} can read its script, if it is installed`, async () => {
    const { exitCode, stdout, stderr } = await cli(['completion', shell]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toBe(completionScript(program, shell));
    test.skip(!isInstalled(shell), `${shell} is not installed`);
    const file = test.info().outputPath('script');
    await writeFile(file, stdout);
    const read = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
    expect([read.status, read.stderr]).toEqual([0, '']);
  });
}

test('fish offers commands and values, where it is installed', () => {
  test.skip(!isInstalled('fish'), 'fish is not installed');
  const home = test.info().outputPath();
  const offers = (line: string): string[] => {
    const script = `${completionScript(program, 'fish')}\ncomplete -C ${JSON.stringify(line)}`;
    const { stdout, stderr, status } = spawnSync('fish', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, HOME: home },
    });
    expect([status, stderr]).toEqual([0, '']);
    return stdout.split('\n').flatMap((one) => (one === '' ? [] : [one.split('\t')[0] ?? '']));
  };
  expect(offers('mufi-conformance co')).toEqual(['compare', 'completion']);
  expect(offers('mufi-conformance run --mode ').sort()).toEqual(['full', 'observe', 'reject-only']);
});

test('the gate installs the shells that are asked here', () => {
  for (const shell of shells) {
    if (shell !== 'bash')
      expect(textOf('.ci/run')).toMatch(new RegExp(`^for command in .*\\b${shell}\\b`, 'm'));
  }
});

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['--version']).status === 0;
}

test('another shell is exit code 3 and says which there are', async () => {
  const { exitCode, stderr } = await cli(['completion', 'tcsh']);
  expect(exitCode).toBe(3);
  expect(stderr).toContain('Allowed choices are bash, zsh, fish.');
});
