import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import manifest from '../../../package.json' with { type: 'json' };
import { root, textOf } from './imports.ts';

export interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** null: nothing is below it. */
  readonly env?: Readonly<Record<string, unknown>> | null;
}

export interface Job {
  readonly if?: string;
  readonly needs?: string | readonly string[];
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly uses?: string;
  readonly environment?: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: unknown;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The longest script in a workflow; a longer one is a file that a test can run. */
const longestScript = 6;

/** The rules of CONTRIBUTING.md that a workflow breaks; empty if it keeps all of them. */
export function problemsOf(text: string): string[] {
  const workflow: Workflow = parse(text);
  return [
    ...problemsOfPermissions(workflow),
    ...problemsOfTop(workflow),
    ...problemsOfForks(workflow, text),
    ...Object.entries(workflow.jobs).flatMap(([id, job]) => problemsOfJob(id, job)),
    ...problemsOfUses(text),
  ];
}

/** The rules that the steps of a workflow or of a composite action break. */
export function problemsOfSteps(where: string, steps: readonly Step[]): string[] {
  return steps.flatMap((step, index) => [
    ...problemsOfRun(`${where}, step ${index + 1}`, step.run ?? ''),
    ...problemsOfInputs(`${where}, step ${index + 1}`, step),
  ]);
}

/** Every action of another repository is pinned to the SHA of a commit, with the version in a comment. */
export function problemsOfUses(text: string): string[] {
  const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
  return [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)]
    .map(([, used = '']) => used)
    .filter((used) => !used.startsWith('./') && !pinned.test(used))
    .map((used) => `uses ${used} is not pinned by a commit with its version in a comment`);
}

/**
 * Every workflow may read contents, and no more. If one job takes the permissions of the calling workflow, the others
 * have permissions of their own, and that job has no keys and starts only if the caller asks for it.
 */
function problemsOfPermissions({ on, permissions, jobs }: Workflow): string[] {
  const wide = Object.entries(permissions ?? {}).filter(([scope, access]) => {
    return !(scope === 'contents' && access === 'read');
  });
  const all = Object.entries(jobs);
  const without = permissions === undefined ? all.filter(([, job]) => job.permissions === undefined) : [];
  const lent = without.length < all.length && 'workflow_call' in on;
  return [
    ...(without.length > 0 && !lent ? ['has no permissions'] : []),
    ...wide.map(([scope, access]) => `every job has ${scope}: ${access}`),
    ...(lent ? without : []).flatMap(([id, job]) => [
      ...(/&& inputs\.\w+ &&/.test(job.if ?? '')
        ? []
        : [`${id} has the permissions of whoever calls, unasked`]),
      ...(namesKeys(job) ? [`${id} has keys and the permissions of whoever calls`] : []),
    ]),
  ];
}

function problemsOfTop({ on, concurrency, defaults }: Workflow): string[] {
  return [
    ...(concurrency === undefined ? ['has no concurrency group'] : []),
    ...(defaults?.run?.shell === 'bash' ? [] : ['scripts go on after a failure in a pipe: no shell: bash']),
    ...('pull_request_target' in on || 'workflow_run' in on ? ['runs with rights beside foreign code'] : []),
  ];
}

/** A pull request from a fork must reach no secret: not by name, not by an environment, not by inheritance. */
function problemsOfForks({ on }: Workflow, text: string): string[] {
  if (!('pull_request' in on)) return [];
  return /\bsecrets\b|^ {4}environment:/m.test(text) ? ['a pull request reaches secrets'] : [];
}

function problemsOfJob(id: string, job: Job): string[] {
  if (job.uses !== undefined) return [];
  const writes = Object.values(job.permissions ?? {}).includes('write');
  const keys = job.environment !== undefined || namesSecrets(job.steps);
  return [
    ...(writes && keys ? [`${id} has keys and may write`] : []),
    ...(namesSecrets(job.env) ? [`${id} hands secrets to every step`] : []),
    ...(job['timeout-minutes'] === undefined ? [`${id} has no time limit`] : []),
    ...problemsOfIdentity(id, job),
    ...problemsOfTarget(id, job),
    ...problemsOfSteps(id, job.steps ?? []),
  ];
}

/** npm accepts an identity instead of a token; no script of the package runs. */
const publishes = /^npm publish \S+\.tgz --provenance --access public --ignore-scripts$/;

/** A job that can attest runs nothing from a checkout or from npm. */
function problemsOfIdentity(id: string, { permissions = {}, steps = [] }: Job): string[] {
  const code = ({ run, uses = '' }: Step): boolean =>
    (run !== undefined && !publishes.test(run)) ||
    uses.startsWith('./') ||
    uses.startsWith('actions/checkout@');
  return permissions['id-token'] === 'write' && steps.some(code)
    ? [`${id} has an identity and runs code`]
    : [];
}

/** A run against a target can hang: its step has to fail before its job is cancelled, and its report is kept. */
function problemsOfTarget(id: string, job: Job): string[] {
  const steps = job.steps ?? [];
  const ours = /harness\/start\.mjs (?:run|certify)\b/;
  const asks = ({ uses, run = '' }: Step): boolean =>
    uses === './.github/actions/conformance' || ours.test(run);
  if (!steps.some(asks)) return [];
  const limit = job['timeout-minutes'] ?? 0;
  return steps.flatMap((step, index) => {
    const where = `${id}, step ${index + 1}`;
    const bounded = (step['timeout-minutes'] ?? limit) < limit;
    const upload = step.uses?.startsWith('actions/upload-artifact@') === true;
    return [
      ...(asks(step) && !bounded ? [`${where} is not over before its job is`] : []),
      ...(ours.test(step.run ?? '') && !/^exec node /.test(step.run ?? '')
        ? [`${where} is not the process that the runner signals`]
        : []),
      ...(upload && step.if !== 'always()' ? [`${where} drops the report of a job that is cancelled`] : []),
    ];
  });
}

/** A token that reads our own repository is not a key. */
function namesKeys(job: Job): boolean {
  return (
    job.environment !== undefined || /\bsecrets\.(?!suite-token\b)/.test(JSON.stringify([job.env, job.steps]))
  );
}

function namesSecrets(part: unknown): boolean {
  return /\bsecrets\./.test(JSON.stringify(part ?? ''));
}

function problemsOfRun(where: string, run: string): string[] {
  const scripts = [...run.matchAll(/npm run (?:-s |--silent )?([\w:-]+)/g)].map(([, name = '']) => name);
  const files = [...run.matchAll(/\.github\/[\w./-]+\.(?:sh|ts)/g)].map(([name]) => name);
  const runnable = (name: string): boolean =>
    existsSync(join(root, name)) && (name.endsWith('.ts') || (statSync(join(root, name)).mode & 0o111) !== 0);
  return [
    ...(run.includes('${{') ? [`${where} pastes an expression into a script`] : []),
    ...(run.trimEnd().split('\n').length > longestScript ? [`${where} is a script that no test runs`] : []),
    ...scripts.filter((name) => !(name in manifest.scripts)).map((name) => `${where}: no npm run ${name}`),
    ...files.filter((name) => !runnable(name)).map((name) => `${where}: ${name} cannot be run`),
  ];
}

function problemsOfInputs(where: string, step: Step): string[] {
  const { uses = '', with: given = {} } = step;
  if (uses.startsWith('actions/checkout@')) {
    return given['persist-credentials'] === false ? [] : [`${where} leaves the token in the work tree`];
  }
  // The name of an artifact belongs to the run, not to the attempt.
  if (uses.startsWith('actions/upload-artifact@')) {
    return given.overwrite === true ? [] : [`${where} fails where the job is run again`];
  }
  if (!uses.startsWith('./')) return [];
  const { inputs } = parse(textOf(`${uses.slice(2)}/action.yml`));
  return Object.keys(given)
    .filter((name) => !(name in inputs))
    .map((name) => `${where}: ${uses} has no input ${name}`);
}
