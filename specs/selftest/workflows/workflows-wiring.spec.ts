import { expect, test } from '@playwright/test';
import { repositoryFiles, textOf } from '../support/imports.ts';
import { problemsOfWiring } from '../support/wiring.ts';

const files = repositoryFiles('.github/workflows', '.github/actions').filter((file) => file.endsWith('.yml'));
const pathOf = (name: string): string => files.find((file) => file.endsWith(`/${name}.yml`)) ?? name;

for (const file of files) {
  test(`in ${file.replace('.github/', '')} each value comes from where it has to, and what is needed is there`, () => {
    expect(problemsOfWiring(textOf(file))).toEqual([]);
  });
}

/** One edit of one of our files each, and the message about it; an edit without a replacement removes the line. */
const edits: readonly (readonly [name: string, line: RegExp, replacement: string, problem: string])[] = [
  ['nightly', / +EXIT_CODE: .*\n/, '', 'follow-up, nightly-issue.ts: nothing sets EXIT_CODE'],
  ['nightly', / +COMPARISON_CODE: .*\n/, '', 'follow-up, nightly-issue.ts: nothing sets COMPARISON_CODE'],
  ['nightly', / +GH_TOKEN: .*\n/, '', 'follow-up, previous: nothing sets GH_TOKEN'],
  [
    'nightly',
    /needs\.conformance(?=\.outputs\.exit-code)/,
    'steps.compare',
    'follow-up, nightly-issue.ts: EXIT_CODE comes from elsewhere',
  ],
  [
    'nightly',
    /run\.outputs\.exit-code/,
    'run.outputs.code',
    'conformance, outputs: steps.run has no output code',
  ],
  ['nightly', / +exit-code: .*\n/, '', 'follow-up: needs.conformance has no output exit-code'],
  [
    'nightly',
    /compare\.outputs\.exit-code/,
    'compare.outputs.code',
    'follow-up, nightly-issue.ts: steps.compare has no output code',
  ],
  ['nightly', /id: previous/, 'id: earlier', 'follow-up, compare: steps.previous has no output report'],
  [
    'nightly',
    /"\$PREVIOUS" "\$TONIGHT"/,
    '"$PREVIOUS"',
    'follow-up, compare does not call .github/scripts/compare-nights.sh by its usage',
  ],
  ['nightly', / +baseline: .*\n/, '', 'conformance, run: baseline is not handed over'],
  [
    'nightly',
    /vars\.MUFI_JWKS_URL/,
    'vars.MUFI_HTTP_URL',
    'conformance, run: MUFI_JWKS_URL comes from elsewhere',
  ],
  [
    'nightly',
    /secrets\.MUFI_READ_KEY/,
    'vars.MUFI_READ_KEY',
    'conformance, run: MUFI_READ_KEY comes from elsewhere',
  ],
  [
    'nightly',
    /name: conformance-report/,
    'name: report',
    'follow-up, actions/download-artifact: nothing uploads what it downloads',
  ],
  [
    'release-gate',
    /scripts\/all-succeeded\.sh.*/,
    'true',
    'gate is green whatever became of the jobs before it',
  ],
  [
    'release-gate',
    /(?<=shard: .*\n) +strict: .*\n/,
    '',
    'part, ./.github/actions/conformance: strict is not handed over',
  ],
  [
    'release-gate',
    / +profiles: .*\n(?= +shard: )/,
    '',
    'part, ./.github/actions/conformance: profiles is not handed over',
  ],
  ['release-gate', /(?=id: gate)/, 'continue-on-error: true\n        ', 'gate, gate may fail'],
  [
    'release-gate',
    /(?<=\$SHARDS" reports\/latest)/,
    ' || true',
    'gate, gate does not call .github/scripts/gate.sh by its usage',
  ],
  [
    'release-gate',
    /needs\.plan\.outputs\.max-rps/,
    'inputs.max-rps',
    'part, ./.github/actions/conformance: MUFI_MAX_RPS comes from elsewhere',
  ],
  ['release-gate', / +MUFI_HTTP_URL: .*\n/, '', 'nothing uses the input http-url'],
  ['release-gate', / +PULL_REQUEST: .*\n/, '', 'comment, gate-comment.ts: nothing sets PULL_REQUEST'],
  [
    'release-gate',
    /(?<=EXIT_CODE: .*)outputs\.exit-code/,
    'outputs.verdict',
    'comment, gate-comment.ts: EXIT_CODE comes from elsewhere',
  ],
  [
    'release-gate',
    /(?<=download-artifact@.*\n +with:\n +name: )\S.*/,
    'report',
    'comment, actions/download-artifact: nothing uploads what it downloads',
  ],
  ['certify', /(?<=MUFI_BASE_URL: .*)inputs\.base-url \|\| /, '', 'nothing uses the input base-url'],
  ['release-gate', /jobs\.gate\.outputs\.exit-code/, 'jobs.gate.outputs.code', 'job gate has no output code'],
  [
    'certify',
    /inputs\.implementation/,
    'inputs.file',
    'certify, start.mjs: IMPLEMENTATION comes from elsewhere',
  ],
  ['certify', / +PROFILES: .*\n/, '', 'certify, start.mjs: nothing sets PROFILES'],
  ['certify', / +TRUSTED_KEYS: .*\n/, '', 'verify, start.mjs: nothing sets TRUSTED_KEYS'],
  ['action', / +INPUT_SHARD: .*\n/, '', 'action, run: nothing sets INPUT_SHARD'],
  [
    'action',
    /run\.outputs\.verdict/,
    'run.outputs.outcome',
    'action, outputs: steps.run has no output outcome',
  ],
];

for (const [name, line, replacement, problem] of edits) {
  test(`an edit of ${name}.yml is seen: ${problem}`, () => {
    const text = textOf(pathOf(name));
    expect(problemsOfWiring(text.replace(line, () => replacement))).toContain(problem);
  });
}
