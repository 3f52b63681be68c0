import type { Scenario, ScenarioResult } from '../../model/index.ts';
import { preparationFeatures } from '../key-control/preparations.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import { sharesRequests } from './estimate.ts';
import { lengthOf } from './length.ts';

/** What a pool runs, and whom it tells. */
export interface Pool {
  /** Runs one scenario; throws only for faults of the suite. */
  run(planned: PlannedScenario): Promise<ScenarioResult>;
  onResult(planned: PlannedScenario, result: ScenarioResult): void;
  /** A fault of the suite, which ends the scenario and nothing else. Without it the pool throws. */
  onFault?(planned: PlannedScenario, error: unknown): void;
  /** See `SessionState`. */
  readonly nearestMs?: number | undefined;
  /** True once nothing more shall begin. */
  isEnded?(): boolean;
}

/** Scenarios whose keys live at the same time: a target may bound how many keys a project has. */
const mostPreparing = 8;

/**
 * Runs scenarios side by side, so many at a time. Those of several steps begin first: they take the longest. Those that
 * share their requests hold nobody up while they wait for each other. Those that move the clock of the target, or keep
 * it busy, run alone, after all others, and then those that say that they run last.
 */
export async function runPool(
  planned: readonly PlannedScenario[],
  atATime: number,
  pool: Pool,
): Promise<void> {
  const inPhase = (phase: Phase): PlannedScenario[] =>
    planned.filter(({ scenario }) => phaseOf(scenario, pool.nearestMs) === phase);
  const together = inPhase('together');
  if (atATime === 1) {
    await runLanes(1, together, pool);
  } else {
    const preparing = together.filter(({ scenario }) => scenario.prepare !== undefined);
    const own = together.filter(({ scenario }) => scenario.prepare === undefined);
    await Promise.all([
      runLanes(Math.min(mostPreparing, atATime), byLength(preparing), pool),
      runLanes(atATime, byLength(own.filter(({ scenario }) => !sharesRequests(scenario))), pool),
      runLanes(
        atATime,
        own.filter(({ scenario }) => sharesRequests(scenario)),
        pool,
      ),
    ]);
  }
  await runLanes(1, inPhase('alone'), pool);
  await runLanes(1, inPhase('last'), pool);
}

/** So many lanes take scenarios from one list until none is left. */
async function runLanes(lanes: number, planned: readonly PlannedScenario[], pool: Pool): Promise<void> {
  const left = planned.values();
  await Promise.all(Array.from({ length: lanes }, () => runLane(left, pool)));
}

/** Takes scenarios one after the other until none is left. */
async function runLane(left: IterableIterator<PlannedScenario>, pool: Pool): Promise<void> {
  for (const planned of left) {
    if (pool.isEnded?.() === true) return;
    try {
      const result = await pool.run(planned);
      if (pool.isEnded?.() === true) return;
      pool.onResult(planned, result);
    } catch (error) {
      if (pool.isEnded?.() === true) return;
      if (pool.onFault === undefined) throw error;
      pool.onFault(planned, error);
    }
  }
}

/** In which part of a run a scenario runs: beside others, by itself after them, or by itself at the end. */
export type Phase = (typeof phases)[number];

/** In the order of a run. */
export const phases = ['together', 'alone', 'last'] as const;

/** The load of a run makes answers take longer by up to about so many milliseconds. */
const loadMs = 20;

/**
 * What moves the clock changes what all others look at. What takes long to answer is measured, and holds others up. How
 * long an old key lives is measured as well: beside others the answers of a target that is near take many times longer.
 */
export function phaseOf({ prepare, procedure, runs }: Scenario, nearestMs = 0): Phase {
  if (runs === 'last') return 'last';
  if (procedure === 'regeneration is linearizable' && nearestMs < loadMs) return 'alone';
  const features = prepare === undefined ? [] : (preparationFeatures[prepare] ?? []);
  const isAlone = procedure === 'a costly key is answered in time' || features.includes('clock');
  return isAlone ? 'alone' : 'together';
}

/** Procedures before cells, warmed keys before the others; in the order of the catalogue otherwise. */
function byLength(planned: readonly PlannedScenario[]): PlannedScenario[] {
  return planned.toSorted((one, other) => lengthOf(other) - lengthOf(one));
}
