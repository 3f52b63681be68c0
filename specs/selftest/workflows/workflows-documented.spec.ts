import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { certificateFile } from '../../../harness/attestation/folder.ts';
import { evidenceFile } from '../../../harness/model/index.ts';
import { type Granted, refusalsOf } from '../support/github/permissions.ts';
import type { TreeMap } from '../support/github/read.ts';
import { textOf } from '../support/imports.ts';

const examples = [...textOf('.github/WORKFLOWS.md').matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(
  ([, text = '']) => text,
);

/** The one example of .github/WORKFLOWS.md that uses one of our files, with or without a comment, and that file. */
function exampleOf(
  path: string,
  comments = false,
): {
  readonly text: string;
  readonly example: unknown;
  readonly file: unknown;
} {
  const using = examples.filter(
    (text) =>
      text.includes(`OWNER/mufi-auth-conformance/${path}@`) && text.includes('comment: true') === comments,
  );
  expect(using).toHaveLength(1);
  const file = path.endsWith('.yml') ? path : `${path}/action.yml`;
  return { text: using[0]!, example: parse(using[0]!), file: parse(textOf(file)) };
}

test('the example of the action names only existing inputs, and none of them is a key', () => {
  const { example, file } = exampleOf('.github/actions/conformance');
  const [step] = example as [{ with: object; env: object }];
  const { inputs } = file as { inputs: object };
  expect(Object.keys(step.with).filter((name) => !(name in inputs))).toEqual([]);
  expect(Object.keys(step.env)).toEqual(['MUFI_WRITE_KEY', 'MUFI_READ_KEY']);
});

test('the example of the release gate is a whole workflow that says what is required, and no more', () => {
  const { text, example, file } = exampleOf('.github/workflows/release-gate.yml');
  const { jobs } = example as { jobs: Record<string, { with: object; secrets: object; needs: string }> };
  const { on } = file as {
    on: { workflow_call: Record<'inputs' | 'secrets', Record<string, { required?: boolean }>> };
  };
  const required = (kind: 'inputs' | 'secrets'): string[] =>
    Object.keys(on.workflow_call[kind]).filter((name) => on.workflow_call[kind][name]?.required === true);
  expect(Object.keys(jobs.conformance!.with)).toEqual(required('inputs'));
  expect(Object.keys(jobs.conformance!.secrets)).toEqual(required('secrets'));
  expect(jobs.release!.needs).toBe('conformance');
  expect(text.split('\n').length).toBeLessThanOrEqual(20);
});

test('the example with a comment gives the job that calls what it takes, and no more', () => {
  const { example } = exampleOf('.github/workflows/release-gate.yml', true);
  const plain = exampleOf('.github/workflows/release-gate.yml').example;
  type Caller = { jobs: { conformance: { with: object; secrets: object; permissions: object } } };
  const [{ jobs }, { jobs: others }] = [example as Caller, plain as Caller];
  expect(jobs.conformance.with).toEqual({ ...others.conformance.with, comment: true });
  expect(jobs.conformance.secrets).toEqual(others.conformance.secrets);
  expect(jobs.conformance.permissions).toEqual({
    contents: 'read',
    'pull-requests': 'write',
    actions: 'read',
  });
});

test('the page on workflows names every input of the action, the gate and certify, and every variable of the nightly run', () => {
  const page = textOf('.github/WORKFLOWS.md') + textOf('README.md');
  const action = parse(textOf('.github/actions/conformance/action.yml'));
  const gate = parse(textOf('.github/workflows/release-gate.yml'));
  const certify = parse(textOf('.github/workflows/certify.yml'));
  const called = [gate, certify].flatMap(({ on }) => Object.keys(on.workflow_call.inputs));
  const names = [...Object.keys(action.inputs), ...called];
  const nightly = [...textOf('.github/workflows/nightly.yml').matchAll(/(?:vars|secrets)\.(\w+)/g)];
  const all = new Set([...names, ...nightly.map(([, name = '']) => name)]);
  expect(all.size).toBeGreaterThan(20);
  expect([...all].filter((name) => !new RegExp(`[\`\\s]${name}[\`:]`).test(page))).toEqual([]);
});

test('the example of a vendor passes what a certificate takes, and may do what its jobs ask for', () => {
  const { example, file } = exampleOf('.github/workflows/certify.yml');
  type Passed = { with: object; secrets: object };
  const { permissions, jobs } = example as { permissions: Granted; jobs: { certify: Passed } };
  const { on } = file as { on: { workflow_call: Record<'inputs' | 'secrets', object> } };
  const unknown = (kind: 'with' | 'secrets', taken: object): string[] =>
    Object.keys(jobs.certify[kind]).filter((name) => !(name in taken));
  expect(unknown('with', on.workflow_call.inputs)).toEqual([]);
  expect(unknown('secrets', on.workflow_call.secrets)).toEqual([]);
  expect(refusalsOf(file as TreeMap, permissions)).toEqual([]);
  expect(refusalsOf(file as TreeMap, { contents: 'read' })).toHaveLength(2);
});

test('a certificate takes the secrets that the gate takes, and the key that signs', () => {
  const secretsOf = (name: string): string[] =>
    Object.keys(parse(textOf(`.github/workflows/${name}.yml`)).on.workflow_call.secrets);
  expect(secretsOf('certify')).toEqual(['MUFI_CERTIFICATE_KEY', ...secretsOf('release-gate')]);
});

test('what is attested is what a certificate is verified with, after it was', () => {
  const { attest, verify } = parse(textOf('.github/workflows/certify.yml')).jobs;
  expect([attest.needs, verify.needs, verify.permissions]).toEqual(['verify', 'certify', undefined]);
  const step = attest.steps.find(({ uses = '' }) => uses.startsWith('actions/attest-build-provenance@'));
  const files = [certificateFile, 'report.json', evidenceFile].map((name) => `reports/certificate/${name}`);
  expect(step.with['subject-path'].trim().split('\n')).toEqual(files);
});
