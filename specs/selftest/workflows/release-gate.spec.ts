import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { objectionsTo } from '../../../.github/scripts/gate-rules.ts';
import type { Report } from '../../../harness/model/report.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { textOf } from '../support/imports.ts';
import { family, header, report, requirement, result, scenario } from '../support/reports.ts';
import { WorkflowSteps } from '../support/workflow-step.ts';

const inTest = (name: string): string => test.info().outputPath(name);
const { baseUrl } = sampleReport('conformant').target;
const asked = { BASE_URL: baseUrl, PROFILES: 'core,lifecycle', SHARDS: '3', MAX_RPS: '' };

function plan(more: Readonly<Record<string, string>>) {
  return new WorkflowSteps(inTest('github')).step('gate-plan.sh', [], { ...asked, ...more });
}

test('the gate is divided into as many parts as asked for, which share the requests a second', async () => {
  const how = await plan({ MAX_RPS: '100' });
  expect(how.exitCode, how.stdout).toBe(0);
  expect(how.outputs).toEqual({ parts: '["1/3","2/3","3/3"]', 'max-rps': '33' });
  expect(JSON.parse((await plan({ SHARDS: '16' })).outputs.parts!)).toHaveLength(16);
});

for (const [what, more, sentence] of [
  ['without a base URL', { BASE_URL: '' }, 'base-url is no http or https URL'],
  ['with a word for a base URL', { BASE_URL: 'staging' }, 'base-url is no http or https URL'],
  ['without a profile', { PROFILES: '' }, 'profiles names no profile'],
  ['with a comma for a profile', { PROFILES: 'core,' }, 'profiles names no profile'],
  ['with no part', { SHARDS: '0' }, 'shards is no number from 1 to 16'],
  ['with too many parts', { SHARDS: '17' }, 'shards is no number from 1 to 16'],
  ['with a command for a number', { SHARDS: 'a[$(touch evil)]' }, 'shards is no number from 1 to 16'],
  ['with less than a request a second', { MAX_RPS: '2' }, '3 parts cannot share 2 requests a second'],
] as const) {
  test(`a gate ${what} is broken`, async () => {
    const how = await plan(more);
    expect(how.exitCode).toBe(3);
    expect(how.stdout).toContain(sentence);
    expect(how.outputs).toEqual({});
  });
}

const conformant = sampleReport('conformant');
const broken: Report = { ...conformant, suiteFaults: ['a procedure threw'] };
const wanted = { baseUrl, profiles: ['core', 'lifecycle'] };
const withOptions = (options: Partial<Report['options']>): Report => ({
  ...conformant,
  options: { ...conformant.options, ...options },
});
const withProfile = (id: string, verdict: 'partial' | 'not-claimed'): Report => ({
  ...conformant,
  profiles: conformant.profiles.map((profile) => (profile.id === id ? { ...profile, verdict } : profile)),
});

test('there is no objection to a conformant report with every required profile', () => {
  expect(objectionsTo(conformant, wanted)).toEqual([]);
  expect(objectionsTo(conformant, { ...wanted, baseUrl: `${baseUrl}/` })).toEqual([]);
});

for (const [what, report, sentence] of [
  ['that is nonconformant', sampleReport('failing'), 'The run is nonconformant: '],
  ['that is inconclusive', sampleReport('stopped'), 'The run is inconclusive: '],
  ['that is partial', sampleReport('partial'), 'The run is partial: '],
  ['that is broken', broken, 'A fault of the suite: '],
  [
    'of another server',
    { ...conformant, target: { ...conformant.target, baseUrl: 'http://a' } },
    'The report',
  ],
  ['of a selection', withOptions({ selection: 'token/' }), 'The run has only what -g token/ selects.'],
  ['of a quick run', withOptions({ depth: 'quick' }), 'The run had depth quick and mode full; '],
  [
    'of a run that only observes',
    withOptions({ mode: 'observe' }),
    'The run had depth full and mode observe; ',
  ],
  [
    'with a partial profile',
    withProfile('lifecycle', 'partial'),
    'The required profile lifecycle is partial.',
  ],
  [
    'without a claim',
    withProfile('lifecycle', 'not-claimed'),
    'The required profile lifecycle is not-claimed.',
  ],
] as const) {
  test(`a report ${what} keeps the gate closed`, () => {
    const objections = objectionsTo(report, wanted);
    expect(objections.map((objection) => objection.slice(0, sentence.length))).toContain(sentence);
  });
}

test('a profile that the release does not require may be partial, one that does not exist keeps the gate closed', () => {
  const report = withProfile('transport', 'partial');
  expect(objectionsTo(report, wanted)).toEqual([]);
  expect(objectionsTo(report, { ...wanted, profiles: ['core', 'lifecicle'] })).toEqual([
    'The required profile lifecicle is unknown.',
  ]);
});

for (const [what, report, code, verdict, line] of [
  [
    'conformant',
    conformant,
    0,
    'conformant',
    /^::warning title=[^\n]*::16 of 17 operations; without GET \/v1\/events\nThe release may go out\.\n$/,
  ],
  [
    'cut short',
    withOptions({ depth: 'quick' }),
    1,
    'conformant',
    /^::error title=Release gate::The run had /,
  ],
  ['undecided', sampleReport('stopped'), 2, 'inconclusive', /^::error title=Release gate::The run is inc/],
  ['no report', { verdict: 'conformant' }, 3, 'broken', /^::error title=Release gate::There is no merged/],
] as const) {
  test(`the step ends with ${code} if the report is ${what}`, async () => {
    await writeFile(inTest('report.json'), JSON.stringify(report));
    const how = await new WorkflowSteps(inTest('github')).step('gate.ts', [inTest('report.json')], asked);
    expect(how).toMatchObject({ exitCode: code, outputs: { verdict, 'exit-code': `${code}` } });
    expect(how.stdout).toMatch(line);
  });
}

test('operations that are only claimed absent are named apart from those that are not there', async () => {
  const claimed = conformant.target.operations[0]!.id;
  const operations = conformant.target.operations.map((one) =>
    one.id === claimed ? { ...one, claimedAbsent: true as const } : one,
  );
  const report = { ...conformant, target: { ...conformant.target, operations } };
  await writeFile(inTest('report.json'), JSON.stringify(report));
  const how = await new WorkflowSteps(inTest('github')).step('gate.ts', [inTest('report.json')], asked);
  const said = `15 of 17 operations; without ${claimed}, GET /v1/events; claimed absent by the input without: ${claimed}`;
  expect(how.stdout.split('\n')[0]).toBe(
    `::warning title=Release gate%3A not every operation is tested::${said}`,
  );
  const summary = await readFile(inTest('github/step-summary.md'), 'utf8');
  expect(summary.replaceAll('\\', '')).toContain(said);
});

const withoutReplicas = report(
  family(
    requirement('f/whole'),
    requirement('f/part', { scenarios: [scenario('one'), scenario('more', { needs: ['replicas'] })] }),
    requirement('g/part', {
      profile: 'lifecycle',
      scenarios: [scenario('one'), scenario('more', { needs: ['replicas'] })],
    }),
  ),
  ['f/whole/one', 'f/part/one', 'f/part/more', 'g/part/one', 'g/part/more'].map((id) =>
    id.endsWith('/more')
      ? result(id, 'not-tested', { cells: [], requests: 0, reason: 'this run has no replicas' })
      : result(id, 'pass'),
  ),
  {
    header: header({
      capabilities: [['replicas', 'missing']],
      unlocks: [{ capability: 'replicas', sentence: 'Set them.', variables: ['MUFI_REPLICA_URLS'] }],
    }),
  },
);

test('what of a required profile was tested in part is said with what unlocks it, and opens the gate all the same', async () => {
  await writeFile(inTest('report.json'), JSON.stringify(withoutReplicas));
  const steps = new WorkflowSteps(inTest('github'));
  const required = { BASE_URL: withoutReplicas.target.baseUrl, PROFILES: 'core' };
  const how = await steps.step('gate.ts', [inTest('report.json')], required);
  expect(how, how.stderr).toMatchObject({
    exitCode: 0,
    outputs: { verdict: 'conformant', 'exit-code': '0' },
  });
  const said =
    'f/part: 1 of 2 scenarios tested: this run has no replicas; to test the rest, set them (MUFI_REPLICA_URLS)';
  const title = 'Release gate: tested in part';
  expect(how.stdout).toBe(
    `::warning title=${title.replace(':', '%3A').replace(',', '%2C')}::${said}\nThe release may go out.\n`,
  );
  const summary = await readFile(inTest('github/step-summary.md'), 'utf8');
  expect(summary.replaceAll('\\', '')).toBe(`\n### ${title}\n\n- ${said}\n`);
});

test('a part that left no report keeps the gate closed', async () => {
  await mkdir(join(inTest('parts'), 'release-gate-part-0'), { recursive: true });
  await writeFile(join(inTest('parts'), 'release-gate-part-0', 'report.json'), '{}');
  const github = new WorkflowSteps(inTest('github'));
  const how = await github.step('gate.sh', [inTest('parts'), '2', inTest('out')], asked);
  expect(how).toMatchObject({ exitCode: 3, outputs: { verdict: 'broken', 'exit-code': '3' } });
  expect(how.stdout).toContain('1 of 2 parts left a report');
});

test('a merged report of an earlier gate does not speak for parts that cannot be merged', async () => {
  for (const folder of ['parts/release-gate-part-0', 'parts/release-gate-part-1', 'out']) {
    await mkdir(inTest(folder), { recursive: true });
    const earlier = folder === 'out' ? JSON.stringify(conformant) : '{}';
    await writeFile(join(inTest(folder), 'report.json'), earlier);
  }
  const github = new WorkflowSteps(inTest('github'));
  const how = await github.step('gate.sh', [inTest('parts'), '2', inTest('out')], asked);
  expect(how, how.stdout).toMatchObject({ exitCode: 3, outputs: { verdict: 'broken', 'exit-code': '3' } });
  expect(how.stdout).toContain('There is no merged report, or it cannot be read.');
});

test('the workflow passes every key that it takes to the parts, and the gate runs whatever happened to them', () => {
  const { on, jobs } = parse(textOf('.github/workflows/release-gate.yml'));
  const run = jobs.part.steps.find(({ uses }: { uses?: string }) => uses === './.github/actions/conformance');
  const keys = Object.keys(on.workflow_call.secrets).filter((name) => name !== 'suite-token');
  for (const key of keys) expect(run.env[key]).toBe(`\${{ secrets.${key} }}`);
  const nightly = parse(textOf('.github/workflows/nightly.yml')).jobs.conformance.steps;
  const night = nightly.find(({ id }: { id?: string }) => id === 'run');
  expect(Object.keys(night.env).filter((name) => /_KEY$|_TOKEN$/.test(name))).toEqual(keys);
  expect(jobs.gate.if).toBe('always()');
  expect(jobs.gate.needs).toEqual(['plan', 'part']);
  expect(jobs.gate.outputs).toEqual({
    verdict: `\${{ steps.gate.outputs.verdict || 'broken' }}`,
    'exit-code': `\${{ steps.gate.outputs.exit-code || '3' }}`,
  });
});
