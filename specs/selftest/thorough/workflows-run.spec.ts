import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Reference, type ReferenceOptions, startReference } from '../../../harness/reference/start.ts';
import { sampleReport } from '../samples/report-sample.ts';
import { makeCertifier } from '../support/certificates.ts';
import { leaksIn, reportIn, textsIn } from '../support/cli.ts';
import type { JobEnd } from '../support/github/job.ts';
import { Machine, type Setting } from '../support/github/machine.ts';
import { suiteRepository, type TreeMap, treeOf } from '../support/github/read.ts';
import { runWorkflow, type WorkflowEnd } from '../support/github/workflow.ts';
import { textOf } from '../support/imports.ts';
import { night } from '../support/seven-nights.ts';

test.describe.configure({ timeout: 600_000 });

const inTest = (name: string): string => test.info().outputPath(name);
const own = (name: string): TreeMap =>
  treeOf(`.github/workflows/${name}.yml`, textOf(`.github/workflows/${name}.yml`));
const callers = [...textOf('.github/WORKFLOWS.md').matchAll(/^```yaml\n((?:on|name):[\s\S]*?)^```$/gm)].map(
  ([, text = '']) => text,
);
const callerOf = (workflow: string, ...words: readonly string[]): string =>
  callers.find((text) => text.includes(`${workflow}.yml@`) && words.every((word) => text.includes(word)))!;

const resultsOf = (jobs: WorkflowEnd['jobs'] = {}) =>
  Object.fromEntries(Object.entries(jobs).map(([id, { result }]) => [id, result]));
const logOf = (jobs: WorkflowEnd['jobs'] = {}): string =>
  Object.values(jobs)
    .flatMap(({ steps, jobs: more }: JobEnd) => [...steps.map(({ log }) => log), more ? logOf(more) : ''])
    .join('\n');

/**
 * Runs a workflow against a reference server; checks that none of its keys is in a file, an artifact, an issue, a
 * comment or the log.
 */
async function against<Answer>(
  options: ReferenceOptions,
  run: (
    server: Reference,
  ) => Promise<{ readonly machine: Machine; readonly end: WorkflowEnd; readonly answer: Answer }>,
): Promise<Answer> {
  const server = await startReference(options);
  try {
    const { machine, end, answer } = await run(server);
    const written = await textsIn(machine.folder);
    // The checkouts contain only public files; a certificate and a key look alike in when they were issued.
    const ours = written.filter(([name]) => !/^job-\d+\/(?!reports\/)|\/certificate\.jws$/.test(name));
    expect(leaksIn([...ours, ['log', logOf(end.jobs)]], Object.values(server.keys))).toEqual([]);
    return answer;
  } finally {
    await server.close();
  }
}

/** The gate of a pull request in a vendor's repository, as in the example of the page. */
async function gated(
  options: ReferenceOptions,
  shards: number,
  more: Partial<Setting> = {},
  edited = (text: string): string => text,
) {
  return against(options, async (server) => {
    const { write: MUFI_WRITE_KEY, read: MUFI_READ_KEY } = server.keys;
    const machine = new Machine(inTest('github'), {
      repository: 'vendor/api',
      event: 'pull_request',
      payload: { pull_request: { number: 12, base: { ref: 'main' } } },
      secrets: { MUFI_WRITE_KEY, MUFI_READ_KEY },
      ...more,
    });
    const given = [`base-url: ${server.url}`, `shards: ${shards}`].join('\n      ');
    const text = callerOf('release-gate', 'comment: true').replace(/base-url: .*/, given);
    const release =
      '  release: { needs: conformance, runs-on: ubuntu-24.04, steps: [{ run: echo released }] }\n';
    const end = await runWorkflow(machine, treeOf('.github/workflows/release.yml', edited(text) + release));
    return { machine, end, answer: { machine, end, url: server.url } };
  });
}

test('a gate in another repository is open: released, and the comment says so', async () => {
  const { machine, end, url } = await gated({}, 2);
  const { jobs, outputs } = end.jobs.conformance!;
  const all = { plan: 'success', part: 'success', gate: 'success', comment: 'success', sarif: 'skipped' };
  expect(resultsOf(jobs), logOf(jobs)).toEqual(all);
  expect(outputs).toEqual({ verdict: 'conformant', 'exit-code': '0' });
  expect(end.jobs.release!.result).toBe('success');
  expect(end.groups).toEqual([`release-gate-${url}/`]);
  const parts = jobs!.part!.steps.filter(({ name }) => name === './.github/actions/conformance');
  expect(parts.map(({ outputs: { verdict } }) => verdict)).toEqual(['partial', 'partial']);
  const report = await reportIn(join(machine.artifacts, 'release-gate'));
  expect(report).toMatchObject({
    verdict: 'conformant',
    target: { baseUrl: url },
    options: { depth: 'full', profiles: ['core'] },
  });
  expect(machine.state.comments).toHaveLength(1);
  const { body } = machine.state.comments![0]!;
  expect(body).toContain('**The gate is open.**');
  expect(body).toContain('There is no report of this branch to compare with');
});

test('the release example of the page ends green as it stands, with the two secrets that it shows', async () => {
  await against({}, async (server) => {
    const { write: MUFI_WRITE_KEY, read: MUFI_READ_KEY } = server.keys;
    const text = callers.find((one) => one.includes('release-gate.yml@') && !one.includes('comment: true'))!;
    const passed = [...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name);
    expect(passed).toEqual(['MUFI_WRITE_KEY', 'MUFI_READ_KEY']);
    const machine = new Machine(inTest('github'), {
      repository: 'vendor/api',
      secrets: { MUFI_WRITE_KEY, MUFI_READ_KEY },
    });
    // Its server is the only thing that is not there.
    const [address = ''] = /https:\/\/candidate\S+/.exec(text) ?? [];
    const end = await runWorkflow(
      machine,
      treeOf('.github/workflows/release.yml', text.replace(address, server.url)),
    );
    const { jobs, outputs } = end.jobs.conformance!;
    expect(outputs, logOf(jobs)).toEqual({ verdict: 'conformant', 'exit-code': '0' });
    expect(resultsOf(end.jobs)).toEqual({ conformance: 'success', release: 'success' });
    return { machine, end, answer: undefined };
  });
});

test('a gate in another repository is closed: not released, and the comment there was says what is new', async () => {
  const base = inTest('base');
  mkdirSync(base);
  writeFileSync(join(base, 'report.json'), JSON.stringify(sampleReport('conformant')));
  const marker = '<!-- mufi-conformance: release-gate -->\n\nthe gate before';
  const { machine, end } = await gated({ faults: ['signature-ignored'] }, 1, {
    gh: {
      comments: [{ id: 7, pullRequest: 12, login: 'github-actions[bot]', body: marker }],
      artifacts: [{ name: 'release-gate', run: 90, branch: 'main', createdAt: '2026-11-20T10:00:00Z' }],
      runs: [
        {
          databaseId: 90,
          workflow: 'release.yml',
          branch: 'main',
          status: 'completed',
          artifacts: { 'release-gate': base },
        },
      ],
    },
  });
  expect(resultsOf(end.jobs)).toEqual({ conformance: 'failure', release: 'skipped' });
  const { jobs, outputs } = end.jobs.conformance!;
  expect(outputs, logOf(jobs)).toEqual({ verdict: 'nonconformant', 'exit-code': '1' });
  const all = { plan: 'success', part: 'success', gate: 'failure', comment: 'success', sarif: 'skipped' };
  expect(resultsOf(jobs)).toEqual(all);
  expect(machine.state.comments).toHaveLength(1);
  const { body } = machine.state.comments![0]!;
  expect(body).toContain('## ✕ Mufi auth: nonconformant\n\n**The gate is closed:**');
  expect(body).toMatch(/^1\. MUST `token\/signature-verified`: .+\n {3}Fix: .+$/m);
  expect(body).toMatch(/New:\n\n- MUST `token\/signature-verified`/);
});

const scanning = (text: string): string =>
  text
    .replace('comment: true', 'sarif: true\n      sarif-file: src/routes.ts')
    .replace(/pull-requests: write.*/, 'security-events: write');

test('a gate that is asked for it shows what fails in code scanning, in a file of the caller', async () => {
  const files = { 'src/routes.ts': "// routes\n\nserve('/v1/users/profile');\n" };
  const { machine, end } = await gated({ faults: ['signature-ignored'] }, 2, { files }, scanning);
  const { jobs, outputs } = end.jobs.conformance!;
  expect(outputs, logOf(jobs)).toEqual({ verdict: 'nonconformant', 'exit-code': '1' });
  expect(jobs!.sarif!.steps.map(({ outcome }) => outcome)).toEqual(['success', 'success']);
  const { results } = JSON.parse(readFileSync(machine.scanned, 'utf8')).runs[0];
  const onProfile = results.find(
    (one: { ruleId: string; locations: [{ logicalLocations: [{ fullyQualifiedName: string }] }] }) =>
      one.ruleId === 'token/signature-verified' &&
      one.locations[0].logicalLocations[0].fullyQualifiedName.endsWith(' /v1/users/profile'),
  );
  expect(onProfile.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'src/routes.ts' },
    region: { startLine: 3 },
  });
});

test('without security-events: write nothing is shown there, and the gate decides all the same', async () => {
  const without = (text: string): string => scanning(text).replace(/ +security-events: write\n/, '');
  const { machine, end } = await gated({}, 1, {}, (text) => without(text).replace(/ +sarif-file: .*\n/, ''));
  expect(resultsOf(end.jobs)).toEqual({ conformance: 'success', release: 'success' });
  const { steps } = end.jobs.conformance!.jobs!.sarif!;
  expect(steps.map(({ outcome }) => outcome)).toEqual(['success', 'failure']);
  expect(steps[1]!.log).toContain('not accessible');
  expect(existsSync(machine.scanned)).toBe(false);
});

test('one night: the report is kept, the issue names what fails, the history has both nights', async () => {
  const before = inTest('before');
  await against({ faults: ['signature-ignored'] }, async (server) => {
    const { write: MUFI_WRITE_KEY, read: MUFI_READ_KEY } = server.keys;
    const machine = new Machine(inTest('github'), {
      repository: suiteRepository,
      event: 'schedule',
      environments: {
        staging: {
          vars: { MUFI_BASE_URL: server.url, CONFORMANCE_PROFILES: 'core' },
          secrets: { MUFI_WRITE_KEY, MUFI_READ_KEY },
        },
      },
      gh: {
        runs: [
          {
            databaseId: 93,
            workflow: 'nightly.yml',
            branch: 'main',
            status: 'completed',
            artifacts: { 'conformance-report': before },
          },
        ],
      },
    });
    mkdirSync(before);
    writeFileSync(join(before, 'report.json'), JSON.stringify(night(1, [])));
    const end = await runWorkflow(machine, own('nightly'));
    expect(resultsOf(end.jobs), logOf(end.jobs)).toEqual({ conformance: 'failure', 'follow-up': 'success' });
    expect(end.jobs.conformance!.outputs).toEqual({ 'exit-code': '1' });
    expect((await reportIn(join(machine.artifacts, 'conformance-report'))).verdict).toBe('nonconformant');
    const [issue, ...others] = machine.state.issues;
    expect(others).toEqual([]);
    expect(issue).toMatchObject({ state: 'open', labels: ['conformance-nightly'] });
    expect(issue!.title).toContain('fails since');
    expect(issue!.body).toContain(`https://github.example/${suiteRepository}/actions/runs/100`);
    expect(readFileSync(join(machine.artifacts, 'conformance-history', 'history.md'), 'utf8')).toContain(
      'signature',
    );
    return { machine, end, answer: undefined };
  });
});

test('a certificate for a vendor: made, verified in another checkout, attested', async () => {
  const by = await makeCertifier('vendor-2026');
  const implementation = 'name: Example Server\nversion: 1.2.3\ncontact: auth@example.com\n';
  await against({ implementation: { name: 'Example Server', version: '1.2.3' } }, async (server) => {
    const { write: MUFI_WRITE_KEY, read: MUFI_READ_KEY } = server.keys;
    const MUFI_CERTIFICATE_KEY = JSON.stringify(by.privateJwk);
    const machine = new Machine(inTest('github'), {
      repository: 'vendor/api',
      event: 'workflow_dispatch',
      files: { 'implementation.yaml': implementation },
      vars: { CONFORMANCE_TRUSTED_KEYS: JSON.stringify({ keys: [by.publicJwk] }) },
      secrets: { MUFI_WRITE_KEY, MUFI_READ_KEY, MUFI_CERTIFICATE_KEY },
    });
    const text = callerOf('certify').replace(/base-url: .*/, `base-url: ${server.url}`);
    const end = await runWorkflow(machine, treeOf('.github/workflows/certify.yml', text));
    const { jobs } = end.jobs.certify!;
    expect(resultsOf(jobs), logOf(jobs)).toEqual({
      certify: 'success',
      verify: 'success',
      attest: 'success',
    });
    expect(logOf({ verify: jobs!.verify! })).toContain(
      'Verified: Example Server 1.2.3 keeps the contract in core',
    );
    expect(leaksIn(await textsIn(machine.artifacts), [`.${by.privateJwk.d}`])).toEqual([]);
    return { machine, end, answer: undefined };
  });
});

test('by hand in the repository of the suite, a certificate is made with the environment', async () => {
  const by = await makeCertifier('suite-2026');
  await against({ implementation: { name: 'Example Server', version: '1.2.3' } }, async (server) => {
    const { write: MUFI_WRITE_KEY, read: MUFI_READ_KEY } = server.keys;
    const MUFI_CERTIFICATE_KEY = JSON.stringify(by.privateJwk);
    const machine = new Machine(inTest('github'), {
      repository: suiteRepository,
      event: 'workflow_dispatch',
      files: { 'ours.yaml': 'name: Example Server\nversion: 1.2.3\ncontact: auth@example.com\n' },
      vars: {
        CONFORMANCE_TRUSTED_KEYS: JSON.stringify({ keys: [(await makeCertifier('another')).publicJwk] }),
      },
      environments: {
        certification: {
          vars: { MUFI_BASE_URL: server.url },
          secrets: { MUFI_WRITE_KEY, MUFI_READ_KEY, MUFI_CERTIFICATE_KEY },
        },
      },
    });
    const end = await runWorkflow(machine, own('certify'), { implementation: 'ours.yaml', profiles: 'core' });
    // The verifier does not trust the signing key, so nothing is attested.
    expect(resultsOf(end.jobs), logOf(end.jobs)).toEqual({
      certify: 'success',
      verify: 'failure',
      attest: 'skipped',
    });
    return { machine, end, answer: undefined };
  });
});
