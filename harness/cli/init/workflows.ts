import { secretVariables, type VariableName, variableNames } from '../../engine/configuration/variables.ts';
import type { Job } from './jobs.ts';

/** The path of the workflow of a job, relative to the repository. */
export const workflowFile = (job: Job): string => `.github/workflows/mufi-${job}.yml`;

/** Variables that no workflow sets: an alternative name, the request rate, and what only `certify` sees. */
const notPassed: readonly VariableName[] = [
  'MUFI_API_KEY',
  'MUFI_CONCURRENCY',
  'MUFI_TIMEOUT_MS',
  'MUFI_TIME_LIMIT',
  'MUFI_USER_AGENT',
  'MUFI_ANONYMOUS',
  'MUFI_CERTIFICATE_KEY',
];

const checkout = 'actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2';
const setupNode = 'actions/setup-node@395ad3262231945c25e8478fd5baf05154b1d79f # v6.1.0';
const uploadArtifact = 'actions/upload-artifact@b7c566a772e6b6bfb58ed0dc250532a479d7789f # v6.0.0';

const expression = (text: string): string => `\${{ ${text} }}`;

/** The line of `env` that sets one variable from the settings of the repository. */
function settingOf(name: VariableName): string {
  return `          ${name}: ${expression(`${secretVariables.includes(name) ? 'secrets' : 'vars'}.${name}`)}`;
}

const start: Readonly<Record<Job, readonly string[]>> = {
  nightly: ['name: Mufi nightly', 'on:', "  schedule: [{ cron: '17 3 * * *' }]", '  workflow_dispatch:'],
  gate: ['name: Mufi release gate', "on: { push: { tags: ['v*'] } }"],
  vendor: ['name: Mufi certificate', 'on: { workflow_dispatch: }'],
};

const commands: Readonly<Record<Job, string>> = {
  nightly: 'npx mufi-conformance run --require-target',
  gate: 'npx mufi-conformance run --require-target --profile core,lifecycle,isolation',
  vendor: 'npx mufi-conformance certify --implementation implementation.yaml',
};

/** The workflow of a job. It needs the package as a dependency of the repository, and the variables in its settings. */
export function workflowTemplate(job: Job): string {
  const passed = variableNames.filter((name) => !notPassed.includes(name));
  const names: VariableName[] = job === 'vendor' ? [...passed, 'MUFI_CERTIFICATE_KEY'] : passed;
  return [
    '# Written by mufi-conformance init. Set the variables and secrets under Settings > Secrets and variables > Actions.',
    ...start[job],
    'permissions: { contents: read }',
    '# Runs on one server wait for each other.',
    `concurrency: { group: 'mufi-${expression('vars.MUFI_BASE_URL')}', cancel-in-progress: false }`,
    'jobs:',
    '  conformance:',
    '    runs-on: ubuntu-24.04',
    '    timeout-minutes: 50',
    '    steps:',
    `      - uses: ${checkout}`,
    '        with: { persist-credentials: false }',
    `      - uses: ${setupNode}`,
    '        with: { node-version: 22 }',
    '      - run: npm ci --ignore-scripts',
    `      - run: ${commands[job]}`,
    '        env:',
    ...names.map(settingOf),
    ...(job === 'vendor'
      ? ['      - run: npx mufi-conformance verify reports/certificate --keys jwks.json']
      : []),
    `      - if: ${expression('!cancelled()')}`,
    `        uses: ${uploadArtifact}`,
    `        with: { name: conformance-report, path: reports/${job === 'vendor' ? 'certificate' : 'latest'} }`,
    ...(job === 'gate'
      ? [
          '  release:',
          '    needs: conformance',
          '    runs-on: ubuntu-24.04',
          '    steps:',
          '      - run: echo "Release here. This job starts only if the server is conformant."',
        ]
      : []),
    '',
  ].join('\n');
}
