/**
 * The only composer of the stages: target -> credentials -> matrix -> probe -> verdict -> evidence. It knows no
 * test runner; the Playwright specs and the self-tests both drive it.
 */

import type { Family, Reason, ScenarioResult } from '../../model/index.ts';
import { createRecording } from '../evidence/cassette-file.ts';
import type { CountedTape } from '../evidence/evidence.ts';
import { allScenarios, type PlannedScenario } from '../matrix/expand.ts';
import { createObserver } from '../session/observer.ts';
import { withTape } from '../session/recorded-session.ts';
import { openSession } from '../session/session.ts';
import type { SessionState } from '../session/session-state.ts';
import { plan } from './plan.ts';
import { runScenario, undecided } from './scenario.ts';
import { withoutSecrets } from './without-secrets.ts';

export { allScenarios, expand, type PlannedScenario } from '../matrix/expand.ts';
export { isSelected } from '../matrix/selection.ts';
export { type FirstLook, firstLook, unseenState } from '../preflight/index.ts';
export { publicTextsOf, secretsOf } from '../session/secrets.ts';
export type { OperationState, SessionState } from '../session/session-state.ts';
export { catalogueDigest, suiteName, suiteVersion } from '../session/suite.ts';
export { headerOf } from './header.ts';
export { plan } from './plan.ts';
export { rejudge } from './replay.ts';

/** A session of one process, ready to run scenarios of the catalogue. */
export interface Runner {
  readonly state: SessionState;
  readonly planned: readonly PlannedScenario[];
  /** Runs one planned scenario; throws only for faults of the suite. */
  run(planned: PlannedScenario): Promise<ScenarioResult>;
  /** What a scenario learnt from outside, where the run is recorded; to be taken once. */
  recorded(scenario: string): CountedTape | undefined;
  close(): Promise<void>;
}

/** The results of a run in which nothing can be tested, for one cause. */
export function allUndecided(catalogue: readonly Family[], cause: Reason): ScenarioResult[] {
  return allScenarios(catalogue).map((one) => undecided({ ...one, operations: [] }, cause));
}

/** Opens a runner in this process. Call `close` when done. */
export async function openRunner(catalogue: readonly Family[], state: SessionState): Promise<Runner> {
  const session = await openSession(state);
  const operations = state.operations.map(({ operation }) => operation);
  const observer = createObserver(catalogue, operations, session.validate);
  const tapes = new Map<string, CountedTape>();
  return {
    state,
    planned: plan(catalogue, state),
    async run(planned) {
      if (state.options.record !== true) {
        return withoutSecrets(await runScenario(session, planned, observer), session.redactor);
      }
      const recording = createRecording(planned.id, session);
      const made = await runScenario(withTape(session, recording), planned, observer);
      const result = withoutSecrets(made, session.redactor);
      const { requests, durationMs } = result;
      tapes.set(planned.id, { ...recording.content(), requests, durationMs });
      return result;
    },
    recorded(scenario) {
      const tape = tapes.get(scenario);
      tapes.delete(scenario);
      return tape;
    },
    close: async () => {
      await session.control?.revokeLeftovers();
      await session.close();
    },
  };
}

/** Runs every planned scenario in this process, one after the other or a few at a time, as the self-tests do. */
export async function runAll(
  catalogue: readonly Family[],
  state: SessionState,
  onResult?: (result: ScenarioResult) => void,
  atATime = 1,
): Promise<ScenarioResult[]> {
  const runner = await openRunner(catalogue, state);
  const results: ScenarioResult[] = [];
  const left = runner.planned.values();
  const work = async (): Promise<void> => {
    for (const planned of left) {
      const result = await runner.run(planned);
      results.push(result);
      onResult?.(result);
    }
  };
  try {
    await Promise.all(Array.from({ length: atATime }, work));
  } finally {
    await runner.close();
  }
  return results;
}
