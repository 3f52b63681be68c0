import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Contexts, resolved, type Texts, textOf, texts } from './expressions.ts';
import type { Machine } from './machine.ts';
import type { Granted } from './permissions.ts';
import { suiteRepository, type TreeMap } from './read.ts';
import { runSteps, type StepEnd } from './steps.ts';

/** How a job ended; the job of a called workflow has jobs of its own. */
export interface JobEnd {
  readonly result: 'success' | 'failure' | 'skipped';
  readonly outputs: Texts;
  readonly steps: readonly StepEnd[];
  readonly jobs?: Readonly<Record<string, JobEnd>>;
}

/** A job that is about to run. */
interface Due {
  readonly machine: Machine;
  readonly id: string;
  readonly job: TreeMap;
  readonly contexts: Contexts;
  readonly granted: Granted;
  readonly env: Texts;
  /** Has only the secrets that the caller passed to its workflow. */
  readonly handed?: true | undefined;
}

/** Runs the steps of a job, once for each value of its matrix, each time on an empty disk. */
export async function runJob({
  machine,
  id,
  job,
  contexts: outer,
  granted,
  env,
  handed,
}: Due): Promise<JobEnd> {
  const name = job.environment === undefined ? undefined : textOf(job.environment, outer);
  const own = name === undefined ? undefined : machine.setting.environments?.[name];
  const base = {
    ...outer,
    vars: { ...(outer.vars as Texts), ...own?.vars },
    secrets: { ...(outer.secrets as Texts), ...(handed ? {} : own?.secrets) },
  };
  const matrix = ((job.strategy as TreeMap | undefined)?.matrix ?? {}) as TreeMap;
  const [variable, list] = Object.entries(matrix)[0] ?? [];
  const values = list === undefined ? [undefined] : (resolved(list, base) as readonly unknown[]);
  const steps: StepEnd[] = [];
  let failed = false;
  let outputs: Texts = {};
  for (const [index, value] of values.entries()) {
    const at = `${id}-${index}`;
    const contexts = {
      ...base,
      matrix: variable === undefined ? {} : { [variable]: value },
      strategy: { 'job-index': index },
      ...machineContexts(machine, at),
    };
    machine.forbid([
      ...(may(granted, 'pull-requests', 'write') ? [] : ['issues/']),
      ...(may(granted, 'actions', 'read') ? [] : ['actions/']),
      ...(may(granted, 'security-events', 'write') ? [] : ['code-scanning/']),
    ]);
    const place = { machine, workspace: machine.workspace(), contexts, at };
    const how = await runSteps(job.steps as readonly TreeMap[], {
      ...place,
      env: { ...env, ...texts(job.env, contexts) },
    });
    steps.push(...how.ended);
    failed ||= how.failed;
    outputs = { ...outputs, ...texts(job.outputs, how.contexts) };
  }
  return { result: failed ? 'failure' : 'success', outputs, steps };
}

function may(granted: Granted, scope: string, level: string): boolean {
  return granted === 'all' || granted[scope] === 'write' || granted[scope] === level;
}

function machineContexts({ setting, folder }: Machine, at: string): Contexts {
  const temp = join(folder, `temp-${at}`);
  mkdirSync(temp, { recursive: true });
  const workflow = { workflow_repository: suiteRepository, workflow_sha: 'b'.repeat(40) };
  return { job: { status: 'success', ...(setting.old ? {} : workflow) }, runner: { temp, os: 'Linux' } };
}
