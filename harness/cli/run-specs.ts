import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createSecretsFile } from '../engine/evidence/shared-secrets.ts';
import { compiledTo } from '../model/index.ts';
import { type RunnerEnd, runNode } from './test-runner.ts';

const require = createRequire(import.meta.url);
const root = dirname(require.resolve('mufi-auth-conformance/package.json'));
const configFile =
  compiledTo === undefined
    ? join(root, 'playwright.config.ts')
    : join(root, compiledTo, 'playwright.config.js');

/** How the specs are run beside their environment. */
export interface SpecsOptions {
  readonly runId: string;
  readonly shard?: string;
  /** Prints nothing but what is wrong. */
  readonly quiet?: boolean;
}

/** Runs the specs in the test runner, with an environment that holds their options. `secrets` are told apart. */
export function runSpecs(
  environment: NodeJS.ProcessEnv,
  secrets: readonly string[],
  { runId, shard, quiet = false }: SpecsOptions,
): Promise<RunnerEnd> {
  const scratch = join(tmpdir(), `mufi-conformance-${runId}`);
  const parameters = [
    require.resolve('@playwright/test/cli'),
    'test',
    '--config',
    configFile,
    '--output',
    scratch,
    '--project=conformance',
    ...(shard === undefined ? [] : ['--shard', shard]),
  ];
  const secretsFile = createSecretsFile(join(tmpdir(), `mufi-conformance-${runId}-secrets`), secrets);
  const own = { CONFORMANCE_RUN_ID: runId, CONFORMANCE_SECRETS: JSON.stringify(secretsFile) };
  return runNode(parameters, { ...environment, ...own }, quiet).finally(() =>
    Promise.all([scratch, secretsFile.path].map((path) => rm(path, { recursive: true, force: true }))),
  );
}
