import { textOf as fileText } from '../imports.ts';
import { type Contexts, evaluate, holds, resolved, type Texts, textOf, texts } from './expressions.ts';
import { type JobEnd, runJob } from './job.ts';
import { type Machine, tokenOfTheRun } from './machine.ts';
import { type Granted, grantedBy, refusalsOf } from './permissions.ts';
import { type Expression, suiteRepository, type Tree, type TreeMap, treeOf } from './read.ts';

/** How a workflow ended. */
export interface WorkflowEnd {
  readonly jobs: Readonly<Record<string, JobEnd>>;
  readonly outputs: Texts;
  /** Its concurrency group, and those of the workflows that it calls. */
  readonly groups: readonly string[];
}

/** The input of a workflow. */
export interface Start {
  readonly inputs: Contexts;
  readonly secrets: Texts;
  readonly granted: Granted;
  /** It was called and has only the secrets that were passed to it, without those of its environments. */
  readonly handed?: true;
}

const everything: Granted = 'all';

/** Runs a workflow that an event starts, with inputs as a user enters them. */
export function runWorkflow(machine: Machine, tree: TreeMap, inputs: Contexts = {}): Promise<WorkflowEnd> {
  const { secrets = {} } = machine.setting;
  const given = { ...defaultsOf((tree.on as TreeMap).workflow_dispatch), ...inputs };
  return runJobs(machine, tree, { inputs: given, secrets, granted: everything });
}

async function runJobs(machine: Machine, tree: TreeMap, start: Start): Promise<WorkflowEnd> {
  const jobs: Record<string, JobEnd> = {};
  const top = topOf(machine, start);
  const groups = [groupOf(tree.concurrency, top) ?? []].flat();
  for (const [id, job] of Object.entries(tree.jobs as Readonly<Record<string, TreeMap>>)) {
    const needed = [job.needs ?? []].flat().map(String);
    const needs = Object.fromEntries(needed.map((name) => [name, jobs[name]]));
    const results = Object.values(needs).map((one) => one?.result);
    const status = {
      success: results.every((one) => one === 'success'),
      failure: results.includes('failure'),
    };
    const contexts = { ...top, needs };
    const granted = grantedBy(job.permissions ?? tree.permissions, start.granted);
    if (!holds(job.if, contexts, status)) jobs[id] = { result: 'skipped', outputs: {}, steps: [] };
    else if (job.uses !== undefined) {
      const called = await call(machine, job, contexts, granted, start);
      groups.push(...called.groups);
      const failed = Object.values(called.jobs).some(({ result }) => result === 'failure');
      jobs[id] = {
        result: failed ? 'failure' : 'success',
        outputs: called.outputs,
        steps: [],
        jobs: called.jobs,
      };
    } else
      jobs[id] = await runJob({
        machine,
        id,
        job,
        contexts,
        granted,
        env: texts(tree.env, contexts),
        handed: start.handed,
      });
  }
  const answers = Object.entries(
    (((tree.on as TreeMap).workflow_call as TreeMap | null)?.outputs ?? {}) as TreeMap,
  );
  const outputs = answers.map(([name, one]) => [
    name,
    textOf((one as TreeMap).value as Tree, { ...top, jobs }),
  ]);
  return { jobs, outputs: Object.fromEntries(outputs), groups };
}

/** A job that calls one of our workflows; throws if GitHub would not even start it. */
function call(
  machine: Machine,
  job: TreeMap,
  contexts: Contexts,
  granted: Granted,
  start: Start,
): Promise<WorkflowEnd> {
  const path = `${job.uses}`.replace(`${suiteRepository}/`, '').replace(/@.*$/, '');
  const tree = treeOf(path, fileText(path));
  const taken = (tree.on as TreeMap).workflow_call as TreeMap;
  const given = resolved(job.with ?? {}, contexts) as Contexts;
  const secrets = job.secrets === 'inherit' ? start.secrets : texts(job.secrets, contexts);
  const refusals = refusalsOf(tree, granted);
  if (refusals.length > 0) throw new Error(`Invalid workflow file: ${refusals.join('; ')}`);
  const handed = job.secrets === 'inherit' ? {} : { handed: true as const };
  return runJobs(machine, tree, { inputs: { ...defaultsOf(taken), ...given }, secrets, granted, ...handed });
}

function topOf({ setting }: Machine, { inputs, secrets }: Start): Contexts {
  const { repository, event = 'push', payload = {}, vars = {}, runId = '100' } = setting;
  const base = (payload.pull_request as { base?: { ref?: string } } | undefined)?.base?.ref ?? '';
  const github = {
    repository,
    sha: 'a'.repeat(40),
    ref: 'refs/heads/main',
    ref_name: 'main',
    base_ref: base,
    event_name: event,
    event: payload,
    run_id: runId,
    server_url: 'https://github.example',
    token: tokenOfTheRun,
  };
  return { github, inputs, secrets, vars };
}

function groupOf(concurrency: Tree | undefined, contexts: Contexts): string | undefined {
  return concurrency === undefined
    ? undefined
    : textOf((concurrency as TreeMap).group ?? concurrency, contexts);
}

/** The values of inputs that nobody sets. */
function defaultsOf(taken: Tree | undefined): Contexts {
  const inputs = Object.entries(((taken as TreeMap | null)?.inputs ?? {}) as TreeMap);
  const empty: Contexts = { boolean: false, number: 0 };
  return Object.fromEntries(
    inputs.map(([name, input]) => {
      const { type, default: value = empty[`${type}`] ?? '' } = input as TreeMap;
      const expression = (value as Expression | null)?.expression;
      return [name, expression === undefined ? value : evaluate(expression, {})];
    }),
  );
}
