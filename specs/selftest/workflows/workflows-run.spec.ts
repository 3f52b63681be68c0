import { expect, test } from '@playwright/test';
import { textOf as evaluated } from '../support/github/expressions.ts';
import type { JobEnd } from '../support/github/job.ts';
import { Machine, type Setting } from '../support/github/machine.ts';
import { refusalsOf } from '../support/github/permissions.ts';
import { suiteRepository, type Tree, type TreeMap, treeOf } from '../support/github/read.ts';
import { runWorkflow, type WorkflowEnd } from '../support/github/workflow.ts';
import { textOf } from '../support/imports.ts';

const gate = textOf('.github/workflows/release-gate.yml');
const page = textOf('.github/WORKFLOWS.md');
const callers = [...page.matchAll(/^```yaml\n((?:on|name):[\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const plain = callers.find((text) => text.includes('release-gate.yml@') && !text.includes('comment: true'))!;
const commented = callers.find((text) => text.includes('comment: true'))!;

const secrets = { MUFI_WRITE_KEY: 'a-write-key', MUFI_READ_KEY: 'a-read-key' };
const pullRequest = {
  event: 'pull_request',
  payload: { pull_request: { number: 12, base: { ref: 'main' } } },
};
/** Ends the gate in its first job, before anything is sent. */
const refused = (text: string): string => text.replace('profiles: core', "profiles: ','");

/** Runs a workflow of a vendor's repository that calls ours. */
async function called(text: string, more: Partial<Setting> = {}) {
  const machine = new Machine(test.info().outputPath('github'), {
    repository: 'vendor/api',
    secrets,
    ...more,
  });
  const end = await runWorkflow(machine, treeOf('.github/workflows/release.yml', text));
  return { end, machine, jobs: end.jobs.conformance!.jobs! };
}

const resultsOf = (jobs: WorkflowEnd['jobs']) =>
  Object.fromEntries(Object.entries(jobs).map(([id, { result }]) => [id, result]));
const logOf = ({ steps }: JobEnd): string => steps.map(({ log }) => log).join('');

test('gates on one server are in one concurrency group, whatever else is different', () => {
  const { concurrency } = treeOf('.github/workflows/release-gate.yml', gate);
  const { group } = concurrency as TreeMap;
  const groupOf = (url: string, repository: string, ref: string): string =>
    evaluated(group as Tree, { github: { repository, ref }, inputs: { 'base-url': url } });
  const one = groupOf('https://a.example', 'vendor/api', 'refs/tags/v1');
  expect(one).toBe('release-gate-https://a.example/');
  expect(groupOf('https://a.example', 'vendor/renamed', 'refs/heads/main')).toBe(one);
  expect(groupOf('https://a.example/', 'vendor/api', 'refs/tags/v2')).toBe(one);
  expect(groupOf('https://b.example', 'vendor/api', 'refs/tags/v1')).not.toBe(one);
});

/** What becomes of the jobs of the gate if its plan fails. */
const closedAtOnce = {
  plan: 'failure',
  part: 'skipped',
  gate: 'failure',
  comment: 'skipped',
  sarif: 'skipped',
};

test('an input that is refused closes the gate: nothing is sent, nothing is released', async () => {
  const { end, jobs } = await called(refused(plain));
  expect(resultsOf(jobs)).toEqual(closedAtOnce);
  expect(logOf(jobs.plan!)).toContain('profiles names no profile');
  expect(resultsOf(end.jobs)).toEqual({ conformance: 'failure', release: 'skipped' });
  expect(end.jobs.conformance!.outputs).toEqual({ verdict: 'broken', 'exit-code': '3' });
});

test('if GitHub does not say where the gate is from, the caller gets one sentence and what to do', async () => {
  const { jobs } = await called(plain, { old: true });
  expect(resultsOf(jobs)).toEqual(closedAtOnce);
  for (const job of [jobs.plan!, jobs.gate!]) {
    expect(logOf(job).trim()).toMatch(
      /^::error title=Release gate::GitHub does not say .*; use the action \.github\/actions\/conformance in its place$/,
    );
  }
});

test('a private suite is checked out with suite-token; without it one sentence says what to pass', async () => {
  const closed = await called(refused(plain), { suiteToken: 'reads-the-suite' });
  expect(logOf(closed.jobs.plan!)).toContain(
    `::error title=Release gate::${suiteRepository} could not be checked out; if it is private, pass a token`,
  );
  expect(logOf(closed.jobs.plan!)).not.toContain('No such file');
});

test('with suite-token it is', async () => {
  const passed = refused(plain).replace(
    /(?=^ +MUFI_READ_KEY)/m,
    `      suite-token: \${{ secrets.SUITE }}\n`,
  );
  const { jobs } = await called(passed, {
    suiteToken: 'reads-the-suite',
    secrets: { ...secrets, SUITE: 'reads-the-suite' },
  });
  expect(logOf(jobs.plan!)).toContain('profiles names no profile');
});

test('by hand in the repository of the suite nothing has to be said', async () => {
  const machine = new Machine(test.info().outputPath('github'), {
    repository: suiteRepository,
    secrets,
    old: true,
  });
  const inputs = { 'base-url': 'http://127.0.0.1:9', profiles: ',' };
  const { jobs } = await runWorkflow(machine, treeOf('.github/workflows/release-gate.yml', gate), inputs);
  expect(logOf(jobs.plan!)).toContain('profiles names no profile');
  expect(jobs.comment!.result).toBe('skipped');
});

test('a gate that left no report says so on the pull request', async () => {
  const { jobs, machine } = await called(refused(commented), pullRequest);
  expect(resultsOf(jobs)).toEqual({
    plan: 'failure',
    part: 'skipped',
    gate: 'failure',
    comment: 'success',
    sarif: 'skipped',
  });
  expect(machine.state.comments).toMatchObject([{ pullRequest: 12, login: 'github-actions[bot]' }]);
  expect(machine.state.comments![0]!.body).toContain('**The gate is closed; the log of the run says why.**');
  const link = 'https://github.example/vendor/api/actions/runs/100';
  expect(machine.state.comments![0]!.body).toContain(link);
});

test('the gate asks no caller for more than contents: read, which GitHub would refuse at the start', () => {
  const tree = treeOf('.github/workflows/release-gate.yml', gate);
  expect(refusalsOf(tree, { contents: 'read' })).toEqual([]);
  const asking = gate.replace(/(?<=^ {2}comment:\n)/m, '    permissions: { pull-requests: write }\n');
  expect(refusalsOf(treeOf('.github/workflows/release-gate.yml', asking), { contents: 'read' })).toEqual([
    "The nested job 'comment' is requesting 'pull-requests: write', but is only allowed 'pull-requests: none'.",
  ]);
});

test('without the permission to write it, the gate starts all the same, and warns', async () => {
  const without = refused(commented).replace(/ +pull-requests: write.*\n/, '');
  const { jobs, machine } = await called(without, pullRequest);
  expect(jobs.comment!.result).toBe('success');
  expect(logOf(jobs.comment!)).toContain('needs pull-requests: write');
  expect(machine.state.comments).toEqual([]);
});

test('on a push there is no comment', async () => {
  const { jobs } = await called(refused(commented));
  expect(jobs.comment!.result).toBe('skipped');
});
