import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { act } from './actions.ts';
import { type Contexts, holds, type Texts, textOf, texts } from './expressions.ts';
import type { Machine } from './machine.ts';
import { type Tree, type TreeMap, treeOf } from './read.ts';

/** How a step ended. */
export interface StepEnd {
  /** Its id, its action, or its first command. */
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly outputs: Texts;
  /** Its output. */
  readonly log: string;
}

/** Where steps run. */
export interface Place {
  readonly machine: Machine;
  readonly workspace: string;
  /** All except `steps` and `env`. */
  readonly contexts: Contexts;
  readonly env: Texts;
  /** The prefix of their file names. */
  readonly at: string;
}

/** Runs the steps of a job or of a composite action, one after the other. */
export async function runSteps(
  steps: readonly TreeMap[],
  place: Place,
): Promise<{ readonly ended: readonly StepEnd[]; readonly failed: boolean; readonly contexts: Contexts }> {
  const ended: StepEnd[] = [];
  const known: Record<string, unknown> = {};
  let env = { ...place.env };
  let failed = false;
  const contexts = (): Contexts => ({ ...place.contexts, steps: known, env });
  for (const [index, step] of steps.entries()) {
    const run = holds(step.if, contexts(), { success: !failed, failure: failed });
    const one = run
      ? await runStep(step, { ...place, contexts: contexts(), env, at: `${place.at}-${index}` })
      : { name: nameOf(step), outcome: 'skipped' as const, outputs: {}, log: '', env: {} };
    env = { ...env, ...one.env };
    const conclusion =
      one.outcome === 'failure' && step['continue-on-error'] === true ? 'success' : one.outcome;
    if (conclusion === 'failure') failed = true;
    if (typeof step.id === 'string')
      known[step.id] = { outputs: one.outputs, outcome: one.outcome, conclusion };
    ended.push(one);
  }
  return { ended, failed, contexts: contexts() };
}

type Run = StepEnd & { readonly env: Texts };

async function runStep(step: TreeMap, place: Place): Promise<Run> {
  const name = nameOf(step);
  const env = { ...place.env, ...texts(step.env, place.contexts) };
  if (step.run !== undefined) {
    const script = textOf(step.run, place.contexts);
    const how = await place.machine.bash(
      place.workspace,
      script,
      { ...defaultsOf(place.contexts), ...env },
      place.at,
    );
    const outcome = how.exitCode === 0 ? 'success' : 'failure';
    return { name, outcome, outputs: how.outputs, log: how.stdout + how.stderr, env: how.env };
  }
  const [uses, given] = [`${step.uses}`, texts(step.with, place.contexts)];
  try {
    if (uses.startsWith('./'))
      return { name, ...(await runComposite(uses, given, { ...place, env })), env: {} };
    act(place.machine, place.workspace, uses, given);
    return { name, outcome: 'success', outputs: {}, log: '', env: {} };
  } catch (error) {
    return { name, outcome: 'failure', outputs: {}, log: `${(error as Error).message}\n`, env: {} };
  }
}

/** A composite action of the checkout: its inputs with their defaults, its steps, its outputs. */
async function runComposite(uses: string, given: Texts, place: Place): Promise<Omit<StepEnd, 'name'>> {
  const folder = join(place.workspace, uses);
  const text = readFileSync(join(folder, 'action.yml'), 'utf8');
  const { inputs, outputs, runs } = treeOf('action.yml', text);
  const defaults = Object.entries((inputs ?? {}) as TreeMap).map(([name, input]) => [
    name,
    (input as TreeMap).default ?? '',
  ]);
  const { github, ...others } = place.contexts;
  const contexts = {
    ...others,
    github: { ...(github as object), action_path: folder },
    inputs: { ...Object.fromEntries(defaults), ...given },
  };
  const {
    ended,
    failed,
    contexts: after,
  } = await runSteps((runs as TreeMap).steps as readonly TreeMap[], { ...place, contexts });
  const values = Object.entries((outputs ?? {}) as TreeMap).map(
    ([name, output]) => [name, (output as TreeMap).value] as const,
  );
  return {
    outcome: failed ? 'failure' : 'success',
    outputs: Object.fromEntries(values.map(([name, value]) => [name, textOf(value as Tree, after)])),
    log: ended.map(({ log }) => log).join(''),
  };
}

function nameOf({ id, uses, run }: TreeMap): string {
  if (typeof id === 'string') return id;
  return `${uses ?? run}`.replace(/@.*$/s, '').split('\n')[0] ?? '';
}

/** The variables that the runner sets for every step. */
function defaultsOf({ github, runner }: Contexts): Texts {
  const of = github as Texts;
  return {
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: of.repository ?? '',
    GITHUB_REF_NAME: of.ref_name ?? '',
    GITHUB_BASE_REF: of.base_ref ?? '',
    GITHUB_RUN_ID: of.run_id ?? '',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SERVER_URL: of.server_url ?? '',
    RUNNER_TEMP: (runner as Texts).temp ?? '',
  };
}
