import { parse } from 'yaml';
import { secretVariables, variableNames } from '../../../harness/engine/configuration/variables.ts';
import { textOf } from './imports.ts';
import { argumentsOf, outputsWrittenBy, scriptsIn, variablesReadBy } from './scripts.ts';
import type { Job, Step } from './workflows.ts';

type Values = Readonly<Record<string, unknown>>;

/** A workflow, or a composite action as one with a single job. */
interface WiredWorkflow {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Steps that may fail without a consequence: the next steps report a night without a report; an upload decides nothing. */
const mayFail = [
  'Nightly, follow-up, actions/download-artifact',
  'Mufi auth conformance, action, github/codeql-action/upload-sarif',
  'Release gate, sarif, github/codeql-action/upload-sarif',
];
/** Jobs that run whatever happened to the jobs before them, and do not decide. */
const followers = ['Nightly, follow-up', 'Release gate, comment', 'Release gate, sarif'];
/** Inputs of our action that a workflow does not set. */
const leftAtDefault: Readonly<Record<string, readonly string[]>> = {
  Nightly: ['depth', 'mode', 'strict', 'shard', 'out', 'sarif', 'sarif-file'],
  'Release gate': ['depth', 'mode', 'out', 'sarif', 'sarif-file'],
};
/** Values whose source has another name. */
const renamed: Readonly<Record<string, string>> = {
  COMPARISON_CODE: 'steps.compare.outputs.exit-code',
  PREVIOUS: 'steps.previous.outputs.report',
  TRUSTED_KEYS: 'inputs.trusted-keys || vars.CONFORMANCE_TRUSTED_KEYS',
  RESULTS: "join(needs.*.result, ' ')",
  GH_TOKEN: 'github.token',
  PULL_REQUEST: 'github.event.pull_request.number',
  SUITE: 'fromJSON(toJSON(job)).workflow_repository',
  shard: 'matrix.part',
};
const decides = '.github/scripts/all-succeeded.sh "$RESULTS"';

/** What a workflow or a composite action passes incorrectly, or not at all; empty if everything is right. */
export function problemsOfWiring(text: string): string[] {
  const wired = wiredIn(text);
  return [
    ...problemsOfInterface(wired),
    ...Object.entries(wired.jobs).flatMap(([id, job]) => problemsOfJob(wired, id, job)),
  ];
}

function wiredIn(text: string): WiredWorkflow {
  const { name, on, jobs, inputs, outputs, runs } = parse(text);
  if (runs !== undefined) {
    return {
      name,
      inputs: Object.keys(inputs),
      outputs: [],
      jobs: { action: { steps: runs.steps, outputs } },
    };
  }
  const { workflow_call: called, workflow_dispatch: byHand } = on;
  const taken = Object.keys({ ...called?.inputs, ...byHand?.inputs });
  return { name, inputs: taken, outputs: called?.outputs, jobs };
}

/** Its inputs are used, the inputs that it uses exist, and its outputs exist. */
function problemsOfInterface({ inputs, outputs, jobs }: WiredWorkflow): string[] {
  const used = namesIn(jobs, /\binputs\.([\w-]+)/g).map(([name = '']) => name);
  const answered = namesIn(outputs, /\bjobs\.([\w-]+)\.outputs\.([\w-]+)/g);
  return [
    ...inputs.filter((name) => !used.includes(name)).map((name) => `nothing uses the input ${name}`),
    ...used.filter((name) => !inputs.includes(name)).map((name) => `there is no input ${name}`),
    ...answered
      .filter(([job = '', name = '']) => !(name in (jobs[job]?.outputs ?? {})))
      .map(([job, name]) => `job ${job} has no output ${name}`),
  ];
}

function problemsOfJob(wired: WiredWorkflow, id: string, job: Job): string[] {
  const { name, jobs } = wired;
  const { steps = [], needs = [], outputs } = job;
  const needed = [needs].flat();
  const decided = steps.some(
    ({ run, env, if: when }) => run === decides && env?.RESULTS && when === undefined,
  );
  const follows = /always\(\)|!cancelled\(\)/.test(job.if ?? '') && !followers.includes(`${name}, ${id}`);
  return [
    ...(follows && !decided ? [`${id} is green whatever became of the jobs before it`] : []),
    ...('continue-on-error' in job ? [`${id} may fail`] : []),
    ...namesIn(job, /\bneeds\.([\w-]+)\.outputs\.([\w-]+)/g)
      .filter(([other = '', one = '']) => !needed.includes(other) || !(one in (jobs[other]?.outputs ?? {})))
      .map(([other, one]) => `${id}: needs.${other} has no output ${one}`),
    ...problemsOfOutputs(`${id}, outputs`, outputs, steps),
    ...steps.flatMap((step, index) => {
      const where = `${id}, ${nameOf(step, index)}`;
      const tolerated = mayFail.includes(`${name}, ${where}`);
      const offered = needed.flatMap((one) =>
        Object.keys(jobs[one]?.outputs ?? {}).map((output) => `needs.${one}.outputs.${output}`),
      );
      return [
        ...('continue-on-error' in step && !tolerated ? [`${where} may fail`] : []),
        ...problemsOfOutputs(where, step, steps.slice(0, index)),
        ...problemsOfVariables(where, step, job),
        ...problemsOfCall(where, step.run ?? ''),
        ...problemsOfAction(where, step, leftAtDefault[name] ?? []),
        ...problemsOfSources(where, step, offered),
        ...problemsOfArtifact(where, step, Object.values(jobs)),
      ];
    }),
  ];
}

/** An output of a step is one that the step writes, and that an earlier step has. */
function problemsOfOutputs(where: string, part: unknown, before: readonly Step[]): string[] {
  return namesIn(part, /\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)
    .filter(([id, name = '']) => {
      const step = before.find((one) => one.id === id);
      const ours = step?.uses?.startsWith('./') ? Object.keys(actionOf(step).outputs) : [];
      return ![...ours, ...outputsWrittenBy(step?.run ?? '')].includes(name);
    })
    .map(([id, name]) => `${where}: steps.${id} has no output ${name}`);
}

/** Every variable that is read is set, and every variable that is set is read. */
function problemsOfVariables(where: string, { run = '', uses, env }: Step, job: Job): string[] {
  const read = variablesReadBy(run);
  const given = Object.keys({ ...job.env, ...env });
  const suite = uses?.startsWith('./') || run.includes('harness/start.mjs') ? variableNames : [];
  const known = [...read, ...suite];
  return [
    ...read
      .filter((name) => !/^(?:GITHUB|RUNNER)_/.test(name) && !given.includes(name))
      .map((name) => `${where}: nothing sets ${name}`),
    ...Object.keys(env ?? {})
      .filter((name) => !known.includes(name))
      .map((name) => `${where}: nothing reads ${name}`),
  ];
}

/** A script is alone in its step, so that its exit code is that of the step, and gets the arguments of its usage. */
function problemsOfCall(where: string, run: string): string[] {
  return scriptsIn(run)
    .filter((file) => file.startsWith('.github/scripts/'))
    .filter((file) => {
      const [, rest] = new RegExp(`^(?:npx tsx )?${file}((?: (?:"[^"]*"|[\\w./-]+))*)$`).exec(run) ?? [];
      return rest === undefined || (rest.match(/"[^"]*"|\S+/g) ?? []).length !== argumentsOf(file);
    })
    .map((file) => `${where} does not call ${file} by its usage`);
}

function problemsOfAction(where: string, step: Step, atDefault: readonly string[]): string[] {
  if (!step.uses?.startsWith('./')) return [];
  return Object.keys(actionOf(step).inputs)
    .filter((name) => !(name in (step.with ?? {})) && !atDefault.includes(name))
    .map((name) => `${where}: ${name} is not handed over`);
}

/**
 * A value comes from a source with the same name: from a needed job if that has one, from the secrets if it is a
 * secret.
 */
function problemsOfSources(where: string, step: Step, offered: readonly string[]): string[] {
  const given: Values = { ...step.env, ...(step.uses?.startsWith('./') ? step.with : {}) };
  return Object.entries(given)
    .filter(([name, value]) => {
      if (name in renamed) return value !== `\${{ ${renamed[name]} }}`;
      const found = [...`${value}`.matchAll(/(?<=\$\{\{.*)\b[a-z]+(?:\.[\w-]+)+/g)].map(([source]) => source);
      const closer = offered.find((source) => same(source, name));
      const secret = (secretVariables as readonly string[]).includes(name);
      return (
        !found.some((source) => closer === undefined || source === closer) ||
        !found.every((source) => same(source, name) && source.startsWith('secrets.') === secret)
      );
    })
    .map(([name]) => `${where}: ${name} comes from elsewhere`);
}

function problemsOfArtifact(
  where: string,
  { uses = '', with: given = {} }: Step,
  jobs: readonly Job[],
): string[] {
  if (!uses.startsWith('actions/download-artifact@')) return [];
  const uploads = jobs
    .flatMap(({ steps = [] }) => steps)
    .filter((step) => step.uses?.startsWith('actions/upload-artifact@'))
    .map((step) => `${step.with?.name}`.replace(/\$\{\{ strategy\.job-index \}\}/, '*'));
  return uploads.includes(`${given.name ?? given.pattern}`)
    ? []
    : [`${where}: nothing uploads what it downloads`];
}

/** Its id, its action or its command. */
function nameOf({ id, uses, run = '' }: Step, index: number): string {
  return id ?? uses?.replace(/@.*$/, '') ?? /[\w-]+\.(?:sh|ts|mjs)/.exec(run)?.[0] ?? `step ${index + 1}`;
}

/** Whether the last word of a source is a name, ignoring spelling and prefix. */
function same(source: string, name: string): boolean {
  const plain = (text: string): string =>
    text
      .toLowerCase()
      .replaceAll('_', '-')
      .replace(/^(?:mufi|conformance|input)-/, '');
  return plain(source.replace(/^.*\./, '')) === plain(name);
}

function namesIn(part: unknown, pattern: RegExp): string[][] {
  return [...JSON.stringify(part ?? '').matchAll(pattern)].map(([, ...names]) => names);
}

function actionOf({ uses = '' }: Step): { readonly inputs: Values; readonly outputs: Values } {
  return parse(textOf(`${uses.slice(2)}/action.yml`));
}
