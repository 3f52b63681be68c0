import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { fetchBaseReport } from '../../../.github/scripts/base-report.ts';
import { commentOf, type GateResult } from '../../../.github/scripts/comment-words.ts';
import { keepComment } from '../../../.github/scripts/sticky-comment.ts';
import { hostileText } from '../samples/report-cells.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { type FakeRun, type FakeState, fakeGh } from '../support/fake-gh.ts';
import type { FakeArtifact } from '../support/fake-gh-api.ts';
import { cache, night, unchecked } from '../support/seven-nights.ts';
import { WorkflowSteps } from '../support/workflow-step.ts';

const inTest = (name: string): string => test.info().outputPath(name);
const empty = (more: Partial<FakeState> = {}): FakeState => ({
  issues: [],
  runs: [],
  labels: [],
  calls: [],
  comments: [],
  ...more,
});
const place = { repository: 'mufi/suite', pullRequest: '12', name: 'release-gate' };
const keep = (state: FakeState, text: string, name = place.name): string =>
  keepComment((...args) => fakeGh(state, args), { ...place, name }, text);

const other = (id: number, body: string, login = 'somebody') => ({ id, pullRequest: 12, login, body });

test('the comment is created once and updated from then on, whatever else is said there', () => {
  const state = empty({
    comments: [other(1, 'one'), other(2, 'two'), { ...other(3, 'far'), pullRequest: 13 }],
  });
  expect(keep(state, 'first')).toBe('created');
  expect(keep(state, 'second')).toBe('updated');
  expect(state.comments).toHaveLength(4);
  expect(state.comments!.at(-1)).toMatchObject({
    pullRequest: 12,
    body: '<!-- mufi-conformance: release-gate -->\n\nsecond\n',
  });
  expect(state.comments!.slice(0, 3).map(({ body }) => body)).toEqual(['one', 'two', 'far']);
});

test('a comment of somebody who copied the hidden line is not touched', () => {
  const copied = '<!-- mufi-conformance: release-gate -->\n\nmine';
  const state = empty({
    comments: [
      other(1, copied),
      other(2, 'quotes\n<!-- mufi-conformance: release-gate -->\n', 'github-actions[bot]'),
    ],
  });
  expect(keep(state, 'ours')).toBe('created');
  expect(state.comments!.map(({ body }) => body.includes('ours'))).toEqual([false, false, true]);
});

test('two gates of one workflow have two comments, and no name ends the hidden line', () => {
  const state = empty();
  expect(keep(state, 'one', 'gate')).toBe('created');
  expect(keep(state, 'two', 'gate-b')).toBe('created');
  expect(keep(state, 'three', 'evil --> @everyone')).toBe('created');
  expect(keep(state, 'four', 'gate')).toBe('updated');
  expect(state.comments!.map(({ body }) => body.split('\n')[0])).toEqual([
    '<!-- mufi-conformance: gate -->',
    '<!-- mufi-conformance: gate-b -->',
    '<!-- mufi-conformance: evil-everyone -->',
  ]);
});

const gated = (more: Partial<GateResult>): string =>
  commentOf({
    open: false,
    objections: [],
    base: { branch: 'main', report: { missing: 'There is no report of this branch to compare with.' } },
    runUrl: 'https://github.example/mufi/suite/actions/runs/100',
    artifact: 'release-gate',
    ...more,
  });

test('it says the verdict, the three worst with their fix, what is new against the base, and where the report is', () => {
  const text = gated({
    report: sampleReport('failing'),
    objections: ['The run is nonconformant: 10 MUST requirements fail'],
    base: { branch: 'main', report: sampleReport('conformant') },
  });
  expect(text).toMatch(
    /^## ✕ Mufi auth: nonconformant\n\n\*\*The gate is closed:\*\*\n\n- The run is nonconf/,
  );
  const worst = [...text.matchAll(/^(\d)\. MUST `([\w/-]+)`: .+\n {3}Fix: [A-Z].+\.$/gm)];
  expect(worst.map(([, at]) => at)).toEqual(['1', '2', '3']);
  expect(text).toMatch(/^and \d+ more in the report$/m);
  const [, after = ''] = text.split('### Compared with `main`');
  expect(after).toMatch(/^\n\n\*\*.+ now and not before\.\*\*\n\nNew:\n\n- MUST `/);
  expect(
    text
      .trim()
      .endsWith(
        '[The run, with the whole report as artifact](https://github.example/mufi/suite/actions/runs/100) `release-gate`',
      ),
  ).toBe(true);
});

test('what failed on the base branch already is not new, and what passes again is said', () => {
  const text = gated({
    report: night(2, [unchecked]),
    base: { branch: 'main', report: night(1, [cache, unchecked]) },
  });
  const [, after = ''] = text.split('### Compared with `main`');
  expect(after).not.toContain('New:');
  expect(after).toContain(`Passes again:\n\n- MUST \`${cache}\``);
  expect(after).not.toContain(unchecked);
});

test('an open gate says so; without a report of the base it says why there is no comparison', () => {
  const text = gated({ open: true, report: sampleReport('conformant') });
  expect(text).toContain('## ✓ Mufi auth: conformant\n\n**The gate is open.**\n\n');
  expect(text).toContain('Not every operation is tested: 16 of 17 operations; without GET /v1/events.');
  expect(text).toContain('### Compared with `main`\n\nThere is no report of this branch to compare with.');
  expect(text).not.toContain('What to fix');
});

test('a gate without a report says that it is closed, and where its log is', () => {
  const text = gated({});
  expect(text).toMatch(
    /^## ✕ Mufi auth: broken\n\n\*\*The gate is closed; the log of the run says why\.\*\*\n\n\[The run/,
  );
});

test('nobody is notified by it, and what a server says is text', () => {
  const evil = `@everyone fixes #1 and @org/team ${hostileText}`;
  const hostile = sampleReport('hostile');
  const report = {
    ...hostile,
    requirements: hostile.requirements.map((one) => ({ ...one, title: evil, advice: evil })),
  };
  const text = gated({ report, objections: [evil], base: { branch: 'main', report: { missing: evil } } });
  expect(text).toContain('@&#8203;everyone');
  // As GitHub reads it: after Markdown and outside of code.
  const shown = text.replace(/`[^`\n]*`/g, '').replace(/\\(?=[!-/:-@[-`{-~])/g, '');
  expect(shown).not.toMatch(/@\w|(?<!&)#\d/);
  expect(text).not.toMatch(/<(?!!--)[a-z/]/i);
});

test('it is short, however much fails', () => {
  const report = sampleReport('failing', 200);
  expect(gated({ report, base: { branch: 'main', report: sampleReport('conformant') } }).length).toBeLessThan(
    12_000,
  );
});

/** A run on a branch with this report as its artifact. */
function left(run: number, report: unknown, more: Partial<FakeArtifact> = {}): [FakeRun, FakeArtifact] {
  const folder = inTest(`artifact-${run}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
  const name = more.name ?? 'release-gate';
  return [
    {
      databaseId: run,
      workflow: 'any.yml',
      branch: 'main',
      status: 'completed',
      artifacts: { [name]: folder },
    },
    { name, run, branch: 'main', createdAt: `2026-11-${run - 60}T10:00:00Z`, ...more },
  ];
}

const decided = { verdict: 'nonconformant', suiteFaults: [] };

/** The run whose report is chosen from these. */
function chosenAmong(all: readonly (readonly [FakeRun, FakeArtifact])[]): number | undefined {
  const state = empty({ runs: all.map(([run]) => run), artifacts: all.map(([, artifact]) => artifact) });
  const base = { repository: 'mufi/suite', branch: 'main', artifact: 'release-gate' };
  const path = fetchBaseReport((...args) => fakeGh(state, args), base, inTest('base'));
  return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8')).run;
}

test('the report to compare with is the latest that could decide, of this branch and not of a fork', () => {
  expect(chosenAmong([])).toBeUndefined();
  const chosen = chosenAmong([
    left(70, { ...decided, run: 70 }),
    left(71, { ...decided, run: 71 }),
    left(72, { ...decided, verdict: 'inconclusive' }),
    left(73, decided, { branch: 'feature' }),
    left(74, decided, { fork: true }),
    left(75, decided, { expired: true }),
    left(76, decided, { name: 'another' }),
  ]);
  expect(chosen).toBe(71);
});

const environment = {
  BASE_URL: sampleReport('failing').target.baseUrl,
  PROFILES: 'core',
  EXIT_CODE: '1',
  ARTIFACT: 'release-gate',
  PULL_REQUEST: '12',
  GITHUB_BASE_REF: 'main',
};

test('as a step with gh on the path: compares with the base branch, creates, then updates', async () => {
  const [run, artifact] = left(70, sampleReport('conformant'));
  const github = new WorkflowSteps(inTest('github'), { comments: [], runs: [run], artifacts: [artifact] });
  writeFileSync(inTest('report.json'), JSON.stringify(sampleReport('failing')));
  const args = [inTest('report.json'), inTest('base')];
  const first = await github.step('gate-comment.ts', args, environment);
  expect(first, first.stderr).toMatchObject({ exitCode: 0, stdout: 'The comment is created.\n' });
  expect(github.state.comments![0]!.body).toContain('now and not before');
  writeFileSync(inTest('report.json'), JSON.stringify(sampleReport('conformant')));
  const second = await github.step('gate-comment.ts', args, { ...environment, EXIT_CODE: '0' });
  expect(second, second.stderr).toMatchObject({ exitCode: 0, stdout: 'The comment is updated.\n' });
  expect(github.state.comments).toHaveLength(1);
  expect(github.state.comments![0]!.body).toContain('The gate is open.');
});

for (const [what, forbidden, sentence, written] of [
  ['write comments', 'issues', 'needs pull-requests: write', 0],
  ['read artifacts', 'actions', 'needs actions: read', 1],
] as const) {
  test(`a token that may not ${what} is a warning, because a comment decides nothing`, async () => {
    const github = new WorkflowSteps(inTest('github'), { comments: [], forbidden: [forbidden] });
    writeFileSync(inTest('report.json'), JSON.stringify(sampleReport('failing')));
    const how = await github.step('gate-comment.ts', [inTest('report.json'), inTest('base')], environment);
    expect(how.exitCode, how.stderr).toBe(0);
    expect(how.stdout).toMatch(new RegExp(`^::warning title=Release gate::.*${sentence}`, 'm'));
    expect(how.stderr).toContain('Resource not accessible by integration');
    expect(github.state.comments).toHaveLength(written);
  });
}
