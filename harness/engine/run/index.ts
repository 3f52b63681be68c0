/**
 * The only module that combines the stages: target -> credentials -> matrix -> probe -> verdict -> evidence. It knows
 * no test runner; the Playwright specs and the self-tests both call it.
 */

import { defined } from '../../model/defined.ts';
import type { Family, RunOptions, ScenarioResult } from '../../model/index.ts';
import { loadDocument } from '../configuration/operations.ts';
import { createRecordingCassette } from '../evidence/cassette-file.ts';
import type { CountedCassette } from '../evidence/evidence.ts';
import type { Redactor } from '../evidence/redaction.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import { createObserver } from '../session/observer.ts';
import { withCassette } from '../session/recorded-session.ts';
import { openSession } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { createControls, ownControls } from '../session/shared-controls.ts';
import { catalogueDigest } from '../session/suite.ts';
import { bodyValidator } from '../verdict/observations/schemas.ts';
import { plan } from './plan.ts';
import { runPool } from './pool.ts';
import { chosenAt } from './quick.ts';
import { runScenario } from './scenario.ts';
import { withoutSecrets } from './without-secrets.ts';

export { allScenarios, expand, type PlannedScenario } from '../matrix/expand.ts';
export { isChosen, isSelected } from '../matrix/selection.ts';
export { type PreflightResult, revokeLeft, runPreflight, unseenState } from '../preflight/index.ts';
export type { PreflightInputs } from '../preflight/inputs.ts';
export { publicTextsOf, secretsOf } from '../session/secrets.ts';
export type { OperationState, SessionState } from '../session/session-state.ts';
export { catalogueDigest, suiteName, suiteVersion } from '../session/suite.ts';
export { requestsOfEach } from './estimate.ts';
export { runHeaderOf } from './header.ts';
export { plan } from './plan.ts';
export { runPool } from './pool.ts';
export { chosenAt, quickScenarios } from './quick.ts';
export { replayRun } from './replay.ts';

/** Does what a run needs and what depends on no answer, so that it is ready when the preflight ends. */
export function prepareRun(catalogue: readonly Family[], options: RunOptions, isSelection: boolean): void {
  chosenAt(options.depth, catalogue, isSelection);
  bodyValidator(loadDocument(options.openapi));
  catalogueDigest(catalogue);
}

/** A session in one process that can run scenarios of the catalogue. */
export interface Runner {
  readonly state: SessionState;
  readonly redactor: Redactor;
  readonly planned: readonly PlannedScenario[];
  /** Requests sent so far, those of scenarios that have not ended included. */
  readonly requests: number;
  /** Runs one planned scenario; throws only for faults of the suite. `onSent`: only the control after it is missing. */
  run(planned: PlannedScenario, onSent?: () => void): Promise<ScenarioResult>;
  /** What a scenario learned from outside, if the run is recorded; can be taken once. */
  recorded(scenario: string): CountedCassette | undefined;
  close(): Promise<void>;
}

/** Opens a runner in this process. Call `close` when done. */
export async function openRunner(catalogue: readonly Family[], state: SessionState): Promise<Runner> {
  const session = await openSession(state);
  const operations = state.operations.map(({ operation }) => operation);
  const observer = createObserver(catalogue, operations, session.validate);
  const cassettes = new Map<string, CountedCassette>();
  const controls = createControls();
  return {
    state,
    redactor: session.redactor,
    planned: plan(catalogue, state),
    get requests() {
      return session.prober.requests;
    },
    async run(planned, onSent) {
      if (state.options.record !== true) {
        return withoutSecrets(
          await runScenario(session, planned, observer, controls, onSent),
          session.redactor,
        );
      }
      const recording = createRecordingCassette(planned.id, session);
      const made = await runScenario(withCassette(session, recording), planned, observer, ownControls);
      const result = withoutSecrets(made, session.redactor);
      const { requests, durationMs, slowestPerSecond } = result;
      const counted = { requests, durationMs, ...defined({ slowestPerSecond }) };
      cassettes.set(planned.id, { ...recording.content(), ...counted });
      return result;
    },
    recorded(scenario) {
      const cassette = cassettes.get(scenario);
      cassettes.delete(scenario);
      return cassette;
    },
    close: async () => {
      await Promise.all(session.releases);
      await session.control?.revokeLeftovers();
      await session.close();
    },
  };
}

/** Runs every planned scenario in this process, one after the other or several at a time, as the self-tests do. */
export async function runAll(
  catalogue: readonly Family[],
  state: SessionState,
  onResult?: (result: ScenarioResult) => void,
  atATime = 1,
): Promise<ScenarioResult[]> {
  const runner = await openRunner(catalogue, state);
  const results: ScenarioResult[] = [];
  try {
    await runPool(runner.planned, atATime, {
      run: (planned, onSent) => runner.run(planned, onSent),
      nearestMs: state.nearestMs,
      onResult(_planned, result) {
        results.push(result);
        onResult?.(result);
      },
    });
  } finally {
    await runner.close();
  }
  return results;
}
