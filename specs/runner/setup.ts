import type { FullConfig } from '@playwright/test';
import { readConfiguration } from '../../harness/engine/configuration/configuration.ts';
import { ConfigurationError } from '../../harness/engine/configuration/configuration-error.ts';
import {
  type PreflightInputs,
  type PreflightResult,
  prepareRun,
  revokeLeft,
  runPreflight,
  type SessionState,
  unseenState,
} from '../../harness/engine/run/index.ts';
import type { Reference } from '../../harness/reference/start.ts';
import { catalogue } from '../requirements/index.ts';
import { earlyLook } from './early-look.ts';
import { givenRun } from './given.ts';
import { beginRun, finishFirst, interruption, limitTime, releaseFirst, wasInterrupted } from './lifetime.ts';
import { serveOutcomes } from './outcomes.ts';
import { endOfPart, endRun, keepState, openRun, outcomeOfPart } from './run.ts';
import { shareSecrets } from './secrets.ts';

/** Begins the preflight, unless a thread has begun it, after which the engine opens; without a target it starts the reference server. */
export default async function setup(config: FullConfig): Promise<() => Promise<void>> {
  beginRun();
  requireReporter(config);
  const { configured, asked, options } = givenRun();
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
  const looking = preflight(inputs);
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
  // While the first requests are under way.
  prepareRun(catalogue, options, asked.selection !== undefined);
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

/** The preflight that a thread has begun, or one that begins now. Its keys are revoked if the run is interrupted. */
function preflight(inputs: PreflightInputs): Promise<PreflightResult> {
  const interrupted = interruption();
  const early = earlyLook();
  if (early === undefined) return runPreflight({ ...inputs, interrupted, onRelease: releaseFirst });
  let revoking: Promise<void> | undefined;
  const finish = (state: SessionState): Promise<void> => {
    revoking ??= early.left().then(
      (ids) => revokeLeft(state, ids),
      () => undefined,
    );
    return revoking;
  };
  let found: SessionState | undefined;
  void interrupted.then(() => releaseFirst(Promise.all([early.interrupt(), found && finish(found)])));
  return early.take().then((state) => {
    found = state;
    return { state, finish: () => finish(state), left: early.left };
  });
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
