/**
 * The only composer of the stages: target -> credentials -> matrix -> probe -> verdict -> evidence. It knows no
 * test runner; the Playwright specs and the self-tests both drive it.
 */
import type { Redactor } from './evidence/redaction.ts';
import { allScenarios, expand, type PlannedScenario } from './matrix/expand.ts';
import type { Family, ScenarioResult } from './model.ts';
import { createObserver } from './pipeline/observer.ts';
import { runScenario, undecided } from './pipeline/scenario.ts';
import type { SessionState } from './pipeline/state.ts';
import { openSession } from './pipeline/tools.ts';

export { allScenarios, expand, type PlannedScenario } from './matrix/expand.ts';
export { isSelected } from './matrix/selection.ts';
export { type FirstLook, firstLook, unseenState } from './pipeline/first-look/index.ts';
export { headerOf } from './pipeline/header.ts';
export type { OperationState, SessionState } from './pipeline/state.ts';
export { catalogueDigest, suiteName, suiteVersion } from './pipeline/suite.ts';

/** A session of one process, ready to run scenarios of the catalogue. */
export interface Runner {
  readonly state: SessionState;
  readonly planned: readonly PlannedScenario[];
  /** Runs one planned scenario; throws only for faults of the suite. */
  run(planned: PlannedScenario): Promise<ScenarioResult>;
  close(): Promise<void>;
}

/** What a state and a catalogue come to: every scenario with its cells. */
export function plan(catalogue: readonly Family[], state: SessionState): PlannedScenario[] {
  const operations = state.operations
    .filter(({ availability }) => availability !== 'absent')
    .map(({ operation }) => operation);
  return expand(catalogue, {
    operations,
    capabilities: new Map(state.capabilities),
    depth: state.options.depth,
    mode: state.options.mode,
  });
}

/** The results of a run in which nothing can be tested, for one cause. */
export function allUndecided(catalogue: readonly Family[], cause: string): ScenarioResult[] {
  return allScenarios(catalogue).map((one) => undecided({ ...one, operations: [] }, cause));
}

/** An interrupted run has to end soon, whatever the target does. */
const leftoversMs = 1000;

/** Opens a runner in this process. Call `close` when done. */
export async function openRunner(catalogue: readonly Family[], state: SessionState): Promise<Runner> {
  const session = await openSession(state);
  const operations = state.operations.map(({ operation }) => operation);
  const observer = createObserver(catalogue, operations, session.validate);
  return {
    state,
    planned: plan(catalogue, state),
    run: async (planned) => withoutSecrets(await runScenario(session, planned, observer), session.redactor),
    close: async () => {
      await session.control?.revokeLeftovers(leftoversMs);
      await session.close();
    },
  };
}

/** Records are redacted when they are made; this takes what was said about them, such as quoted headers. */
function withoutSecrets(result: ScenarioResult, { redact }: Redactor): ScenarioResult {
  const said = <T extends { reason?: string | undefined }>(value: T): T =>
    value.reason === undefined ? value : { ...value, reason: redact(value.reason) };
  const quoted = <T extends { message: string }>(finding: T): T => ({
    ...finding,
    message: redact(finding.message),
  });
  return {
    ...said(result),
    cells: result.cells.map((cell) => ({ ...said(cell), findings: cell.findings.map(quoted) })),
    observed: result.observed.map(quoted),
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
