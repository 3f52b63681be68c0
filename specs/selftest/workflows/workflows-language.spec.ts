import { expect, test } from '@playwright/test';
import { readFiles } from '../support/github/read.ts';
import { repositoryFiles, textOf } from '../support/imports.ts';

const files = repositoryFiles('.github/workflows', '.github/actions').filter((file) => file.endsWith('.yml'));
const gatePath = '.github/workflows/release-gate.yml';
const actionPath = '.github/actions/conformance/action.yml';
const callerPath = '.github/workflows/caller.yml';
const callers = [...textOf('.github/WORKFLOWS.md').matchAll(/^```yaml\n((?:on|name):[\s\S]*?)^```$/gm)].map(
  ([, text = '']) => text,
);

test("GitHub's parser and language service have nothing against our workflows and the action", () => {
  expect(files).toContain(actionPath);
  const found = readFiles(files.map((file) => [file, textOf(file)]));
  const said = found.map(({ errors, diagnostics }, at) => [files[at], errors, diagnostics]);
  expect(said).toEqual(files.map((file) => [file, [], []]));
});

test('nor against the workflows of .github/WORKFLOWS.md that call ours', () => {
  expect(callers.length).toBeGreaterThan(1);
  const found = readFiles(callers.map((text) => [callerPath, text]));
  expect(found.map(({ errors, diagnostics }) => [errors, diagnostics])).toEqual(callers.map(() => [[], []]));
});

test('they see a context, an input, a key and a secret that there is not', () => {
  const gate = textOf(gatePath);
  const wrong: readonly (readonly [path: string, text: string, message: string])[] = [
    [gatePath, gate.replace('inputs.jwks-url', 'input.jwks-url'), "Unrecognized named-value: 'input'"],
    [gatePath, gate.replace('inputs.jwks-url', 'inputs.jwks'), 'Context access might be invalid: jwks'],
    [gatePath, gate.replace('timeout-minutes: 5', 'timeout: 5'), "Unexpected value 'timeout'"],
    [actionPath, textOf(actionPath).replace('shell: bash', 'shall: bash'), "Unexpected value 'shall'"],
    [callerPath, callers[0]!.replace('profiles:', 'profile:'), 'Invalid input, profile is not defined'],
    [callerPath, callers[0]!.replace(/.*MUFI_READ_KEY.*\n/, ''), 'Secret MUFI_READ_KEY is required'],
  ];
  const said = readFiles(wrong.map(([path, text]) => [path, text])).map(({ diagnostics }) =>
    diagnostics.join('\n'),
  );
  for (const [at, [, , message]] of wrong.entries()) expect(said[at]).toContain(message);
});
