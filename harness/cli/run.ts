import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { configuredSecrets, readConfiguration } from '../engine/configuration/configuration.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { refuseDemo } from '../engine/configuration/demo.ts';
import { readOptions, writeOptions } from '../engine/configuration/options.ts';
import { guardProduction } from '../engine/configuration/production.ts';
import { checkWithout } from '../engine/configuration/without.ts';
import { defined } from '../model/defined.ts';
import {
  type Baseline,
  type Depth,
  exitCodes,
  lastFailedSelection,
  type Mode,
  type Profile,
  type RunOptions,
  type Selection,
} from '../model/index.ts';
import { checkTemporary, checkWritable } from '../report/output-directory.ts';
import { inLog } from '../report/render/text.ts';
import { partFile } from '../report/shard.ts';
import { runSpecs } from './run-specs.ts';

/** Options that reach the run as they are. */
type PassedOptions = Partial<
  Omit<RunOptions, 'profiles' | 'baseline' | 'sharded' | 'inOneTest' | 'operation'>
>;

/** Options of `run` and `plan`, as the command line passes them. */
export interface RunArguments extends PassedOptions {
  readonly baseUrl?: string;
  readonly requireTarget?: boolean;
  readonly profile?: readonly Profile[];
  readonly depth: Depth;
  readonly mode: Mode;
  /** True, or the seed of the names. */
  readonly anonymous?: boolean | string;
  /** Ids of operations that are claimed absent; overrides MUFI_WITHOUT. */
  readonly without?: readonly string[];
  readonly baseline?: string;
  readonly grep?: string;
  readonly shard?: string;
  /** Minutes; overrides MUFI_TIME_LIMIT. */
  readonly timeLimit?: string;
  /** How many seconds to wait for a target that is still starting. */
  readonly wait?: number;
  /** Runs only what failed or was undecided in the report in `out`. */
  readonly lastFailed?: boolean;
}

/** Checks the input, runs the specs in the test runner, and returns the exit code of their report. */
export async function runCommand(
  args: RunArguments,
  secrets: readonly string[] = configuredSecrets(process.env, '.env'),
): Promise<number> {
  const { baseline, target } = await checkInput(args);
  const out = args.out ?? 'reports/latest';
  const only =
    args.lastFailed === true ? await (await import('./last-failed.ts')).lastFailed(out, args) : undefined;
  if (only?.length === 0) {
    process.stdout.write(
      inLog(`Nothing failed in the last run, by ${join(out, 'report.json')}; run without --last-failed.\n`),
    );
    return exitCodes.partial;
  }
  const selection = lastFailedSelection(args.grep);
  const environment = {
    ...environmentFor(args, baseline, only && { only, selection }),
    // The seed of the names, so that everybody who reads the environment has the same one.
    ...defined({ MUFI_ANONYMOUS: target.anonymous }),
  };
  await checkTemporary();
  await checkWritable(out, [partFile]);
  if (args.wait !== undefined) {
    const { isThereInTime } = await import('./wait.ts');
    if (!(await isThereInTime(target, args.wait))) return exitCodes.inconclusive;
  }
  const runId = randomBytes(8).toString('hex');
  // The commands of key control end with the thread of the test runner, even if it ends at once; those of another thread
  // would not.
  const isByCommand = target.control?.kind === 'command';
  const looksEarly = target.baseUrl !== undefined && args.record !== true && !isByCommand;
  const running = runSpecs(environment, secrets, { runId, looksEarly, ...defined({ shard: args.shard }) });
  // The module that reads the report is loaded while the test runner works, so that nobody waits for it.
  const [{ code, interrupted }, { exitCodeIn }] = await Promise.all([running, import('./exit-code.ts')]);
  const exitCode = await exitCodeIn(out, runId);
  if (exitCode !== undefined) return exitCode;
  const earlier = existsSync(join(out, 'report.json')) ? ` The report in ${out} is from an earlier run.` : '';
  if (interrupted) {
    process.stderr.write(`The run ended before it wrote a report.${earlier}\n`);
    return exitCodes.partial;
  }
  process.stderr.write(
    `The test runner ended with exit code ${code} and wrote no report; see the lines above.${earlier}\n`,
  );
  return exitCodes.broken;
}

/** The environment of the test runner: the inherited variables, the options, and the base URL from the command line. */
export function environmentFor(
  args: RunArguments,
  baseline?: Baseline,
  only?: Selection & Pick<RunOptions, 'operation'>,
): NodeJS.ProcessEnv {
  const {
    baseUrl,
    profile,
    grep,
    shard,
    without,
    timeLimit,
    anonymous,
    baseline: _file,
    requireTarget: _required,
    wait: _wait,
    lastFailed: _lastFailed,
    ...rest
  } = args;
  const options = {
    ...rest,
    ...(shard === undefined ? { inOneTest: true } : { sharded: true }),
    ...defined({ profiles: profile, selection: grep, baseline }),
    ...(only?.only === undefined ? {} : defined(only)),
  };
  // With this variable the test runner would believe that it is a worker, if another test started this run.
  const { TEST_WORKER_INDEX: _index, ...inherited } = process.env;
  return {
    ...inherited,
    ...defined({ MUFI_BASE_URL: baseUrl }),
    ...(without === undefined ? {} : { MUFI_WITHOUT: without.join(',') }),
    ...defined({ MUFI_TIME_LIMIT: timeLimit }),
    ...(anonymous === undefined ? {} : { MUFI_ANONYMOUS: anonymous === true ? '1' : String(anonymous) }),
    ...writeOptions(options),
  };
}

/** The options that make sense only if a server is named. */
function aboutATarget({ profile, strict, baseline, wait }: RunArguments): string[] {
  return [
    ...(profile === undefined ? [] : ['--profile']),
    ...(strict === true ? ['--strict'] : []),
    ...(baseline === undefined ? [] : ['--baseline']),
    ...(wait === undefined ? [] : ['--wait']),
  ];
}

/**
 * Checks everything that can be rejected before anything is sent, and loads only what that needs. Options about a
 * server may be given without a server if there is no verdict, as in `plan`. Throws ConfigurationError.
 */
export async function checkInput(
  args: RunArguments,
  judges = true,
): Promise<{
  readonly target: ReturnType<typeof readConfiguration>;
  readonly options: ReturnType<typeof readOptions>;
  readonly baseline?: Baseline;
}> {
  const environment = environmentFor(args);
  const target = readConfiguration(environment, '.env');
  if (args.requireTarget === true && target.baseUrl === undefined) {
    throw new ConfigurationError(
      '--require-target is given and no server is named; set MUFI_BASE_URL, or give --base-url.',
    );
  }
  refuseDemo(environment, '.env', judges ? aboutATarget(args) : []);
  const given = readOptions(environment);
  const { openapi, selection } = given;
  if (openapi !== undefined || target.without !== undefined) {
    const { loadDocument, operationsOf } = await import('../engine/configuration/operations.ts');
    checkWithout(target.without, operationsOf(loadDocument(openapi)));
  }
  if (selection !== undefined) (await import('./pattern.ts')).checkSelection(selection);
  const options = { ...guardProduction(target, given), selection };
  if (args.shard !== undefined) (await import('./pattern.ts')).checkShard(args.shard, args.grep);
  if (args.baseline === undefined) return { target, options };
  const { baselineFor } = await import('./baseline.ts');
  return { target, options, baseline: baselineFor(args.baseline, { target, options }) };
}
