import { expect, test } from '@playwright/test';
import { cli } from '../support/cli.ts';

test('without arguments the command line prints its help, which is not an error, and starts no run', async () => {
  const [bare, asked] = [await cli([]), await cli(['--help'])];
  expect([bare.exitCode, bare.stderr]).toEqual([0, '']);
  expect(bare.stdout).toBe(asked.stdout);
  for (const command of ['init', 'doctor', 'run', 'certify']) {
    expect(bare.stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
  }
  expect(bare.stdout).toContain('doctor exits with 0 if a run is worth it');
});
