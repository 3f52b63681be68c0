import type { FullConfig } from '@playwright/test';
import { readConfiguration } from '../../harness/engine/configuration/configuration.ts';
import { ConfigurationError } from '../../harness/engine/configuration/configuration-error.ts';
import { readOptions } from '../../harness/engine/configuration/options.ts';
import { guardProduction } from '../../harness/engine/configuration/production.ts';
import { chosenAt, type PreflightResult, runPreflight, unseenState } from '../../harness/engine/run/index.ts';
import type { Reference } from '../../harness/reference/start.ts';
import { catalogue } from '../requirements/index.ts';
import { beginRun, finishFirst, interruption, limitTime, releaseFirst, wasInterrupted } from './lifetime.ts';
import { serveOutcomes } from './outcomes.ts';
import { endOfPart, endRun, keepState, openRun, outcomeOfPart } from './run.ts';
import { shareSecrets } from './secrets.ts';

/** Begins the preflight, after which the engine opens; without a target it starts the reference server. */
export default async function setup(config: FullConfig): Promise<() => Promise<void>> {
  beginRun();
  requireReporter(config);
  const configured = readConfiguration(process.env, '.env');
  const asked = readOptions(process.env);
  const options = guardProduction(configured, asked);
  limitTime(configured.timeLimitMs, inWords(configured.timeLimitMs));
  let reference: Reference | undefined;
  let target = configured;
  if (configured.baseUrl === undefined) {
    const { startReference } = await import('../../harness/reference/start.ts');
    reference = await startReference();
    target = { ...configured, ...pick(readConfiguration(reference.environment)) };
  }
  const { baseUrl } = target;
  if (baseUrl === undefined) throw new Error('the reference server does not report its address');
  const inputs = {
    target,
    baseUrl,
    embedded: reference !== undefined,
    options,
    catalogue,
    secretsFile: shareSecrets(),
  };
  keepState(unseenState(inputs));
  const looking = runPreflight({ ...inputs, interrupted: interruption(), onRelease: releaseFirst });
  finishFirst(looking);
  let look: PreflightResult | undefined;
  const looked = looking.then(
    (result) => {
      look = result;
    },
    () => undefined,
  );
  // The test runner loads the tests and starts its worker meanwhile.
  openRun(looking, asked.selection);
  // Chosen while the first requests are under way.
  chosenAt(options.depth, catalogue, asked.selection !== undefined);
  const isAlone = config.reporter.length === 1;
  const outcomes = await serveOutcomes(isAlone ? endOfPart : outcomeOfPart);
  // A test would keep its worker alive while it waits for an outcome that never comes.
  void interruption().then(() => outcomes.close());
  return async () => {
    outcomes.close();
    const finish = async (): Promise<void> => {
      // An interrupted preflight revokes its keys itself.
      if (!wasInterrupted()) await looked;
      await look?.finish();
    };
    await Promise.all([endRun(), finish()]);
    await reference?.close();
  };
}

function inWords(milliseconds: number): string {
  const minutes = milliseconds / 60_000;
  return `reached its time limit of ${minutes} minute${minutes === 1 ? '' : 's'}`;
}

/** Without our reporter, others would show green although nothing was decided, and would show request headers. */
function requireReporter(config: FullConfig): void {
  const first = config.reporter[0]?.[0].replaceAll('\\', '/') ?? '';
  if (/(^|\/)specs\/runner\/reporter\.[jt]s$/.test(first)) return;
  throw new ConfigurationError(
    'The conformance reporter must come first: remove --reporter, or use --reporter=./specs/runner/reporter.ts,list',
  );
}

/** What the reference server decides; the other settings stay as configured. */
function pick({ baseUrl, replicaUrls, keys, control, jwksUrl }: ReturnType<typeof readConfiguration>) {
  return { baseUrl, replicaUrls, keys, control, jwksUrl };
}
