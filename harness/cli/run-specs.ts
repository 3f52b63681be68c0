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

/**
 * Playwright's switch for specs that need no compiling: without it, the runner and its worker each load a compiler, on
 * some versions of Node in a thread. See its issue 41402.
 */
const asJavaScript = { PW_DISABLE_TS_ESM: '1' };

/** How to run the specs, besides their environment. */
export interface SpecsOptions {
  readonly runId: string;
  readonly shard?: string;
  /** Prints only problems. */
  readonly quiet?: boolean;
  /** The preflight begins in a thread at once: for a named server, without a recording or a key control command. */
  readonly looksEarly?: boolean;
}

/** Runs the specs in the test runner, with their options in its environment. `secrets` are passed separately. */
export function runSpecs(
  environment: NodeJS.ProcessEnv,
  secrets: readonly string[],
  { runId, shard, quiet = false, looksEarly = false }: SpecsOptions,
): Promise<RunnerEnd> {
  const scratch = join(tmpdir(), `mufi-conformance-${runId}`);
  const parameters = [
    looksEarly && compiledTo !== undefined
      ? join(root, compiledTo, 'specs', 'runner', 'begin.js')
      : require.resolve('@playwright/test/cli'),
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
  const loading = compiledTo === undefined ? {} : asJavaScript;
  return runNode(parameters, { ...environment, ...loading, ...own }, quiet).finally(() =>
    Promise.all([scratch, secretsFile.path].map((path) => rm(path, { recursive: true, force: true }))),
  );
}
