import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { fetchNights } from '../../../.github/scripts/earlier-night.ts';
import { type FakeRun, type FakeState, fakeGh } from '../support/fake-gh.ts';
import { textOf } from '../support/imports.ts';
import { night, sevenNights } from '../support/seven-nights.ts';
import { WorkflowSteps } from '../support/workflow-step.ts';

const inTest = (name: string): string => test.info().outputPath(name);

function runWith(databaseId: number, report: unknown): FakeRun {
  const folder = inTest(`artifact-${databaseId}`);
  mkdirSync(folder, { recursive: true });
  if (report !== undefined) writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
  const artifacts = { 'conformance-report': folder };
  return { databaseId, workflow: 'nightly.yml', branch: 'main', status: 'completed', artifacts };
}

test('29 earlier nights are fetched, the latest ones; a night without a report takes no place', () => {
  const runs = Array.from({ length: 38 }, (_, at) => runWith(99 - at, at === 3 ? undefined : { at }));
  const gone = { ...runs[5]!, artifacts: {} };
  const state: FakeState = { issues: [], runs: runs.with(5, gone), labels: [], calls: [] };
  const tonight = { repository: 'mufi/suite', branch: 'main', run: '99' };
  expect(fetchNights((...args) => fakeGh(state, args), tonight, inTest('nights'))).toBe(29);
  const found = readdirSync(inTest('nights')).filter((name) =>
    existsSync(join(inTest('nights'), name, 'report.json')),
  );
  expect(found.map(Number).sort((one, other) => other - one)).toEqual(
    runs
      .map(({ databaseId }) => databaseId)
      .filter((id) => ![99, 96, 94].includes(id))
      .slice(0, 29),
  );
});

test('earlier nights and history as steps: the page of the run and the artifact have tonight last', async () => {
  const runs = sevenNights
    .slice(0, 3)
    .map((report, at) => runWith(90 + at, report))
    .reverse();
  const github = new WorkflowSteps(inTest('github'), { runs });
  const fetched = await github.step('earlier-nights.ts', [inTest('nights')]);
  expect(fetched.stdout, fetched.stderr).toBe('Fetched the reports of 3 earlier nights.\n');
  writeFileSync(inTest('tonight.json'), JSON.stringify(night(4, [])));
  const how = await github.step('history.sh', [inTest('nights'), inTest('tonight.json'), inTest('out')]);
  expect(how, how.stderr).toMatchObject({ exitCode: 0 });
  expect(readdirSync(inTest('out')).sort()).toEqual(['history.html', 'history.json', 'history.md']);
  expect(readFileSync(inTest('github/step-summary.md'), 'utf8')).toContain('| ✓✕✕✓ |');
});

test('without any report there is no history, and the step goes on', async () => {
  const github = new WorkflowSteps(inTest('github'));
  const how = await github.step('history.sh', [inTest('nights'), inTest('missing.json'), inTest('out')]);
  expect(how).toMatchObject({ exitCode: 0 });
  expect(readdirSync(inTest('out'))).toEqual(['history.md']);
  expect(readFileSync(inTest('out/history.md'), 'utf8')).toContain('There is no history');
});

test('the nightly workflow builds the history after the issue, and keeps it as long as the reports', () => {
  const { jobs } = parse(textOf('.github/workflows/nightly.yml'));
  const uploads = [...jobs.conformance.steps, ...jobs['follow-up'].steps].filter(({ uses = '' }) =>
    uses.startsWith('actions/upload-artifact@'),
  );
  expect(uploads.map((step) => [step.with.name, step.with['retention-days']])).toEqual([
    ['conformance-report', 90],
    ['conformance-history', 90],
  ]);
});
