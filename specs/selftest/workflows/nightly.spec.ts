import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { fetchEarlierNight } from '../../../.github/scripts/earlier-night.ts';
import { followNight } from '../../../.github/scripts/follow-night.ts';
import { nightOf } from '../../../.github/scripts/nights.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { type FakeIssue, type FakeRun, type FakeState, fakeGh } from '../support/fake-gh.ts';
import { textOf } from '../support/imports.ts';
import { WorkflowSteps } from '../support/workflow-step.ts';

const label = 'conformance-nightly';
const inTest = (name: string): string => test.info().outputPath(name);

function fileOf(name: string, text: string): string {
  writeFileSync(inTest(name), text);
  return inTest(name);
}

function openIssue(night: string, more: Partial<FakeIssue> = {}): FakeIssue {
  const body = `<!-- ${label}: ${night} -->\n\nas it was`;
  return { number: 7, title: `it is ${night}`, body, labels: [label], state: 'open', comments: [], ...more };
}

/** The issues after a night with this exit code and this comparison. */
function afterNight(
  issues: readonly FakeIssue[],
  exitCode: string,
  comparisonCode: string,
  summary = '## the summary of tonight',
): FakeState {
  const state: FakeState = { issues: structuredClone([...issues]), runs: [], labels: [], calls: [] };
  followNight((...args) => fakeGh(state, args), 'mufi/suite', {
    night: nightOf(exitCode, comparisonCode),
    regression: comparisonCode === '1',
    summary,
    comparison: 'the comparison of tonight',
    runUrl: 'https://github.example/mufi/suite/actions/runs/100',
  });
  return state;
}

for (const [exitCode, night, title] of [
  ['1', 'red', 'Nightly conformance: the target breaks the contract'],
  ['2', 'undecided', 'Nightly conformance: the night could not decide'],
  ['3', 'broken', 'Nightly conformance: the run itself is broken'],
  ['', 'broken', 'Nightly conformance: the run itself is broken'],
] as const) {
  test(`a first night with exit code "${exitCode}" opens an issue that says ${night}`, async () => {
    const { issues } = afterNight([], exitCode, '');
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ title, labels: [label], state: 'open', comments: [] });
    expect(issues[0]!.body).toMatch(new RegExp(`^<!-- ${label}: ${night} -->\n`));
    expect(issues[0]!.body).toContain('## the summary of tonight');
    expect(issues[0]!.body).toContain('the comparison of tonight');
    expect(issues[0]!.body).toContain('https://github.example/mufi/suite/actions/runs/100');
  });
}

test('a night is followed however it ended, cancelled by its time limit included', () => {
  expect(parse(textOf('.github/workflows/nightly.yml')).jobs['follow-up']).toMatchObject({
    if: 'always()',
    needs: 'conformance',
  });
});

test('a good night with no open issue calls nothing but the list', () => {
  const { calls, issues } = afterNight([], '0', '0');
  expect(calls).toEqual(['issue list']);
  expect(issues).toEqual([]);
});

for (const night of ['red', 'undecided', 'broken']) {
  test(`a good night closes the issue of a night that was ${night}`, async () => {
    const { issues } = afterNight([openIssue(night)], '0', '0');
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ state: 'closed', reason: 'completed' });
    expect(issues[0]!.comments).toEqual([expect.stringContaining('keeps the contract again')]);
  });
}

test('a good night closes every open issue with the label', () => {
  const issues = afterNight([openIssue('red', { number: 9 }), openIssue('broken')], '0', '0').issues;
  expect(issues.map(({ number, state, comments }) => [number, state, comments.length])).toEqual([
    [9, 'closed', 1],
    [7, 'closed', 1],
  ]);
});

test('a second red night without anything new updates the issue in silence', () => {
  const { issues } = afterNight([openIssue('red')], '1', '0');
  expect(issues).toHaveLength(1);
  expect(issues[0]!.body).toContain('## the summary of tonight');
  expect(issues[0]!.comments).toEqual([]);
});

test('a red night with a regression says what is new in a comment', () => {
  const { issues } = afterNight([openIssue('red')], '1', '1');
  expect(issues).toHaveLength(1);
  expect(issues[0]!.comments).toEqual([expect.stringContaining('the comparison of tonight')]);
});

test('a night that could not decide leaves the finding of an earlier one in place', () => {
  const { issues } = afterNight([openIssue('red')], '2', '2');
  expect(issues[0]).toMatchObject({ title: 'it is red', state: 'open' });
  expect(issues[0]!.body).toContain('as it was');
  expect(issues[0]!.comments).toEqual([expect.stringContaining('could not decide')]);
});

test('a broken night becomes red in the same issue', () => {
  const { issues } = afterNight([openIssue('broken')], '1', '');
  expect(issues).toHaveLength(1);
  expect(issues[0]!.title).toBe('Nightly conformance: the target breaks the contract');
  expect(issues[0]!.comments).toHaveLength(1);
});

test('a conformant night that tested less than the one before is no all-clear', () => {
  const red = openIssue('red');
  const reduced = afterNight([red], '0', '2').issues;
  expect(reduced).toContainEqual(red);
  const [opened] = reduced.filter(({ title }) => title !== red.title);
  expect(opened).toMatchObject({
    title: 'Nightly conformance: the night covered less than the previous run',
    state: 'open',
  });
  expect(opened!.body).toContain('the comparison of tonight');

  const later = afterNight(reduced, '0', '0').issues;
  expect(later).toContainEqual(opened);
  expect(later.find(({ number }) => number === red.number)!.state).toBe('closed');
  const again = afterNight([opened!], '1', '').issues;
  expect(again.map(({ state }) => state)).toEqual(['open', 'open']);
});

test('a regression gates a night that is conformant otherwise', () => {
  const { issues } = afterNight([], '0', '1');
  expect(issues[0]!.title).toBe('Nightly conformance: the target breaks the contract');
});

test('issues with other labels, and closed ones, are left alone', async () => {
  const foreign = openIssue('red', { number: 3, labels: ['bug'] });
  const closed = openIssue('red', { number: 4, state: 'closed' });
  const { issues } = afterNight([foreign, closed], '1', '1');
  expect(issues).toHaveLength(3);
  expect(issues.slice(1)).toEqual([foreign, closed]);
});

test('a summary of any length fits into an issue', () => {
  const { issues } = afterNight([], '1', '0', 'a long line of the summary\n'.repeat(10_000));
  expect(issues[0]!.body.length).toBeLessThan(65_536);
  expect(issues[0]!.body).toContain('(the rest is in the artifact)');
});

for (const [what, begin, end] of [
  ['code block', '```text', '```'],
  ['longer code block', '<details><summary>a</summary>\n\n</details>\n````\n```', '````'],
  ['section', '<details><summary>all of it</summary>\n\n```\n<details>\n```', '\n</details>'],
  ['code block in two sections', '<details>\n<details>\n\n~~~~', '~~~~\n\n</details>\n</details>'],
] as const) {
  test(`a ${what} that the cut leaves open is closed, so the comparison is not part of it`, () => {
    const { issues } = afterNight([], '1', '0', `${begin}\n${'a long line of the summary\n'.repeat(10_000)}`);
    expect(issues[0]!.body).toContain(
      `a long line of the summary\n${end}\n\n(the rest is in the artifact)\n\n---`,
    );
  });
}

test('what is in a summary is text, never a command', async () => {
  const evil = '$(touch evil) `touch evil` "; touch evil #\n--title evil';
  const { issues } = afterNight([], '1', '0', evil);
  expect(issues[0]!.body).toContain(evil);
  expect(issues[0]!.title).not.toContain('evil');
});

/** An earlier night with this report in its artifact. */
function nightWith(databaseId: number, report: unknown, more: Partial<FakeRun> = {}): FakeRun {
  const folder = inTest(`artifact-${databaseId}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
  const artifacts = { 'conformance-report': folder };
  return { databaseId, workflow: 'nightly.yml', branch: 'main', status: 'completed', artifacts, ...more };
}

/** The name in the report of the night that is chosen. */
function previousAmong(runs: readonly FakeRun[]): string | undefined {
  const state: FakeState = { issues: [], runs, labels: [], calls: [] };
  const tonight = { repository: 'mufi/suite', branch: 'main', run: '100' };
  const path = fetchEarlierNight((...args) => fakeGh(state, args), tonight, inTest('previous'));
  return path === undefined ? undefined : JSON.parse(readFileSync(path, 'utf8')).name;
}

const decided = { verdict: 'conformant', suiteFaults: [] };

test('the first night has no predecessor', async () => {
  expect(previousAmong([])).toBeUndefined();
  expect(previousAmong([nightWith(100, { ...decided, name: 'tonight' })])).toBeUndefined();
});

test('the predecessor is the last night on this branch that could decide', async () => {
  const name = previousAmong([
    nightWith(101, { ...decided, name: 'later, because tonight is run again' }),
    nightWith(100, { ...decided, name: 'tonight' }),
    nightWith(99, { ...decided, name: 'running' }, { status: 'in_progress' }),
    nightWith(98, { ...decided, name: 'branch' }, { branch: 'other' }),
    nightWith(97, {}, { artifacts: {} }),
    nightWith(96, { verdict: 'inconclusive', suiteFaults: [], name: 'undecided' }),
    nightWith(95, { verdict: 'nonconformant', suiteFaults: ['a fault'], name: 'broken' }),
    nightWith(94, 'no report'),
    nightWith(93, { verdict: 'partial', suiteFaults: [], interrupted: true, name: 'cut short' }),
    nightWith(92, { verdict: 'nonconformant', suiteFaults: [], name: 'right' }),
    nightWith(91, { ...decided, name: 'older' }),
  ]);
  expect(name).toBe('right');
});

test('a red first night and a good second one, as steps with gh on the path', async () => {
  const earlier = nightWith(93, { ...decided, name: 'right' });
  const github = new WorkflowSteps(inTest('github'), { runs: [earlier] });
  const previous = await github.step('previous-report.ts', [inTest('previous')]);
  expect(previous.outputs, previous.stderr).toEqual({ report: inTest('previous/report.json') });
  const files = [fileOf('summary.md', '## the summary of tonight'), inTest('no-such-file.md')];
  const red = await github.step('nightly-issue.ts', files, { EXIT_CODE: '1', COMPARISON_CODE: '' });
  expect(red.stdout, red.stderr).toBe('The night is red; an issue is opened.\n');
  expect(github.state.issues[0]!.body).toContain('https://github.example/mufi/suite/actions/runs/100');
  const good = await github.step('nightly-issue.ts', files, { EXIT_CODE: '0', COMPARISON_CODE: '0' });
  expect(good.stdout, good.stderr).toBe('The night is healthy; issue 1 is closed.\n');
  expect(github.state.issues[0]!.state).toBe('closed');
});

test('without a token the steps fail and say so', async () => {
  const github = new WorkflowSteps(inTest('github'));
  for (const script of ['previous-report.ts', 'nightly-issue.ts']) {
    const how = await github.step(script, [], { GH_TOKEN: '' });
    expect(how.exitCode).toBe(1);
    expect(how.stderr).toContain('set GH_TOKEN');
  }
});

for (const [what, previous, tonight, sentence] of [
  ['no predecessor', '', 'tonight.json', 'There is no earlier night to compare with.'],
  ['no report tonight', 'previous.json', 'missing.json', 'This night left no report'],
] as const) {
  test(`with ${what} nothing is compared and nothing fails`, async () => {
    const github = new WorkflowSteps(inTest('github'));
    const tonightPath = tonight === 'missing.json' ? inTest(tonight) : fileOf(tonight, '{}');
    const previousPath = previous === '' ? '' : fileOf(previous, '{}');
    const args = [previousPath, tonightPath, inTest('out/comparison.md')];
    const how = await github.step('compare-nights.sh', args);
    expect(how).toMatchObject({ exitCode: 0, outputs: { 'exit-code': '' } });
    expect(await readFile(inTest('out/comparison.md'), 'utf8')).toContain(sentence);
    expect(await readFile(inTest('github/step-summary.md'), 'utf8')).toContain(sentence);
  });
}

for (const [what, variant, exitCode, sentence] of [
  ['no regression', 'conformant', '0', '## ✓ Mufi auth: no regression'],
  ['a regression', 'failing', '1', '## ✕ Mufi auth: regression'],
  ['less than before', 'stopped', '2', '## ? Mufi auth: '],
] as const) {
  test(`two nights with ${what} between them: the output is ${exitCode} and the step goes on`, async () => {
    const github = new WorkflowSteps(inTest('github'));
    const previous = fileOf('previous.json', JSON.stringify(sampleReport('conformant')));
    const tonight = fileOf('tonight.json', JSON.stringify(sampleReport(variant)));
    const how = await github.step('compare-nights.sh', [previous, tonight, inTest('comparison.md')]);
    expect(how, how.stderr).toMatchObject({ exitCode: 0, outputs: { 'exit-code': exitCode } });
    expect(await readFile(inTest('comparison.md'), 'utf8')).toContain(sentence);
  });
}

test('two nights are not compared if one has no report, and the step goes on', async () => {
  const github = new WorkflowSteps(inTest('github'));
  const args = [fileOf('previous.json', '{}'), fileOf('tonight.json', '{}'), inTest('comparison.md')];
  const how = await github.step('compare-nights.sh', args);
  expect(how).toMatchObject({ exitCode: 0, outputs: { 'exit-code': '' } });
  expect(how.stderr).toContain('is not a report of this suite');
  expect(await readFile(inTest('comparison.md'), 'utf8')).toContain('cannot be compared');
});
