import type { ScenarioResult } from '../../model/index.ts';
import { preparationFeatures } from '../key-control/preparations.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import { lengthOf } from './length.ts';

/** What a pool runs, and whom it tells. */
export interface Pool {
  /** Runs one scenario; throws only for faults of the suite. */
  run(planned: PlannedScenario): Promise<ScenarioResult>;
  onResult(planned: PlannedScenario, result: ScenarioResult): void;
  /** A fault of the suite, which ends the scenario and nothing else. Without it the pool throws. */
  onFault?(planned: PlannedScenario, error: unknown): void;
  /** True once nothing more shall begin. */
  isEnded?(): boolean;
}

/** Scenarios whose keys live at the same time: a target may bound how many keys a project has. */
const mostPreparing = 8;

/**
 * Runs scenarios side by side, so many at a time. Those of several steps begin first: they take the longest. Those that
 * move the clock of the target, or keep it busy, run alone, after all others, and then those that say that they run last.
 */
export async function runPool(
  planned: readonly PlannedScenario[],
  atATime: number,
  pool: Pool,
): Promise<void> {
  const together = planned.filter((one) => !isAlone(one));
  if (atATime === 1) {
    await runLanes(1, together, pool);
  } else {
    const preparing = together.filter(({ scenario }) => scenario.prepare !== undefined);
    const others = together.filter(({ scenario }) => scenario.prepare === undefined);
    await Promise.all([
      runLanes(Math.min(mostPreparing, atATime), byLength(preparing), pool),
      runLanes(atATime, byLength(others), pool),
    ]);
  }
  const alone = planned.filter(isAlone);
  await runLanes(
    1,
    alone.filter((one) => !isLast(one)),
    pool,
  );
  await runLanes(1, alone.filter(isLast), pool);
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

/** What moves the clock changes what all others look at; what takes long to answer is measured, and holds others up. */
function isAlone(planned: PlannedScenario): boolean {
  const { prepare, procedure } = planned.scenario;
  const features = prepare === undefined ? [] : (preparationFeatures[prepare] ?? []);
  return isLast(planned) || procedure === 'a costly key is answered in time' || features.includes('clock');
}

function isLast({ scenario }: PlannedScenario): boolean {
  return scenario.runs === 'last';
}

/** Procedures before cells, warmed keys before the others; in the order of the catalogue otherwise. */
function byLength(planned: readonly PlannedScenario[]): PlannedScenario[] {
  return planned.toSorted((one, other) => lengthOf(other) - lengthOf(one));
}
