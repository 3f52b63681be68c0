import { randomBytes } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import { catalogue } from '../../specs/requirements/index.ts';
import { allScenarios } from '../matrix/expand.ts';
import { isSelected } from '../matrix/selection.ts';
import { type Baseline, type Depth, isCompiled, type Mode, type Profile } from '../model.ts';
import { partFile } from '../report/part.ts';
import { checkWritable } from '../report/place.ts';
import { count } from '../report/render/text.ts';
import { exitCodeOf } from '../report/run-verdict.ts';
import { reportSchema } from '../report/schema.ts';
import { readConfiguration } from '../target/configuration.ts';
import { ConfigurationError } from '../target/configuration-error.ts';
import { loadDocument } from '../target/operations.ts';
import { readOptions, writeOptions } from '../target/options.ts';
import { guardProduction } from '../target/production.ts';
import { baselineFor } from './baseline.ts';
import { checkSelection } from './pattern.ts';
import { runNode } from './test-runner.ts';

/** Options of `run` and `plan` as the command line delivers them. */
export interface RunArguments {
  readonly baseUrl?: string;
  readonly profile?: readonly Profile[];
  readonly depth: Depth;
  readonly mode: Mode;
  readonly strict?: boolean;
  readonly openapi?: string;
  readonly allowProduction?: string;
  readonly baseline?: string;
  readonly grep?: string;
  readonly out?: string;
  readonly shard?: string;
  /** Writes the evidence of the run beside its report. */
  readonly record?: boolean;
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const configFile = join(root, `playwright.config.${isCompiled ? 'js' : 'ts'}`);
const verdictSchema = reportSchema.pick({ runId: true, verdict: true, suiteFaults: true });

/** Checks the input, runs the specs in the test runner and answers the exit code of the report it wrote. */
export async function runCommand(args: RunArguments): Promise<number> {
  const checked = checkInput(environmentFor(args));
  const environment = environmentFor(args, baselineFor(args.baseline, checked));
  const out = args.out ?? 'reports/latest';
  checkShard(args);
  await checkWritable(out);
  await rm(join(out, partFile), { force: true });
  const runId = randomBytes(8).toString('hex');
  const scratch = join(tmpdir(), `mufi-conformance-${runId}`);
  const parameters = [
    createRequire(import.meta.url).resolve('@playwright/test/cli'),
    'test',
    '--config',
    configFile,
    '--output',
    scratch,
    '--project=conformance',
    ...(args.shard === undefined ? [] : ['--shard', args.shard]),
  ];
  const { code, interrupted } = await runNode(parameters, {
    ...environment,
    CONFORMANCE_RUN_ID: runId,
  }).finally(() => rm(scratch, { recursive: true, force: true }));
  const report = await readVerdict(join(out, 'report.json'));
  if (report?.runId === runId) return exitCodeOf(report);
  if (interrupted) {
    process.stderr.write('The run was ended before there was a report.\n');
    return 2;
  }
  process.stderr.write(
    `The test runner ended with exit code ${code} and wrote no report; see the lines above.\n`,
  );
  return 3;
}

/** The environment of the test runner: what is set, the options, and the base URL that the command line gave. */
export function environmentFor(args: RunArguments, baseline?: Baseline): NodeJS.ProcessEnv {
  const { baseUrl, profile, grep, shard, baseline: _file, ...rest } = args;
  const options = {
    ...rest,
    ...(profile === undefined ? {} : { profiles: [...profile] }),
    ...(shard === undefined ? {} : { sharded: true }),
    ...(grep === undefined ? {} : { selection: grep }),
    ...(baseline === undefined ? {} : { baseline }),
  };
  return {
    ...process.env,
    ...(baseUrl === undefined ? {} : { MUFI_BASE_URL: baseUrl }),
    ...writeOptions(options),
  };
}

/** Everything that can be refused before anything is sent. Throws ConfigurationError. */
export function checkInput(environment: NodeJS.ProcessEnv): {
  readonly target: ReturnType<typeof readConfiguration>;
  readonly options: ReturnType<typeof readOptions>;
} {
  const target = readConfiguration(environment, '.env');
  const options = readOptions(environment);
  loadDocument(options.openapi);
  checkSelection(options.selection);
  return { target, options: { ...guardProduction(target, options), selection: options.selection } };
}

/** A shard without a scenario could neither pass nor fail. */
function checkShard({ shard, grep }: RunArguments): void {
  const total = Number(shard?.split('/')[1] ?? 1);
  const selected = allScenarios(catalogue).filter((one) => isSelected(grep, one)).length;
  if (total <= selected) return;
  throw new ConfigurationError(
    `--shard ${shard} divides ${count(selected, 'scenario')}; ask for no more shards than that.`,
  );
}

async function readVerdict(path: string): Promise<z.infer<typeof verdictSchema> | undefined> {
  try {
    return verdictSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
