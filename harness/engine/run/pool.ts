import type { ScenarioResult } from '../../model/index.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import { sharesRequests } from './estimate.ts';
import { lengthOf } from './length.ts';
import { movesClock, type Phase, phaseOf } from './phase.ts';

/** What a pool runs, and its callbacks. */
export interface Pool {
  /**
   * Runs one scenario; throws only for faults of the suite. Calls `onSent` when only the control after it is missing, so
   * that the next one may begin.
   */
  run(planned: PlannedScenario, onSent: () => void): Promise<ScenarioResult>;
  onResult(planned: PlannedScenario, result: ScenarioResult): void;
  /** Called for a fault of the suite, which ends only this scenario. Without it the pool throws. */
  onFault?(planned: PlannedScenario, error: unknown): void;
  /** See `SessionState`. */
  readonly nearestMs?: number | undefined;
  /** True if nothing more may begin. */
  isEnded?(): boolean;
}

/** How many scenarios with prepared keys run at a time: a target may limit the keys of a project. */
const mostPreparing = 8;

/**
 * Runs scenarios in parallel, up to a limit. Those of several steps begin first, because they take longest. Those that
 * share requests do not block others while they wait for each other. Those that keep the target busy, then those that move
 * its clock, run alone after all others, and the last ones are those with `runs: 'last'`.
 */
export async function runPool(
  planned: readonly PlannedScenario[],
  atATime: number,
  pool: Pool,
): Promise<void> {
  const inPhase = (phase: Phase): PlannedScenario[] =>
    planned.filter(({ scenario }) => phaseOf(scenario, pool.nearestMs) === phase);
  const running: Promise<void>[] = [];
  const runLanes = async (lanes: number, list: readonly PlannedScenario[]): Promise<void> => {
    const left = list.values();
    const lane = () => runLane(left, pool, { running, early: atATime > 1 });
    await Promise.all(Array.from({ length: lanes }, lane));
  };
  const together = inPhase('together');
  if (atATime === 1) {
    await runLanes(1, together);
  } else {
    const preparing = together.filter(({ scenario }) => scenario.prepare !== undefined);
    const own = together.filter(({ scenario }) => scenario.prepare === undefined);
    const sharing = own.filter(({ scenario }) => sharesRequests(scenario));
    await Promise.all([
      runLanes(Math.min(mostPreparing, atATime), byLength(preparing)),
      runLanes(atATime, byLength(own.filter((one) => !sharing.includes(one)))),
      runLanes(atATime, sharing),
    ]);
  }
  await untilEnded(running, pool);
  const alone = inPhase('alone');
  const movers = alone.filter(({ scenario, skip }) => skip === undefined && movesClock(scenario));
  await runLanes(
    1,
    alone.filter((one) => !movers.includes(one)),
  );
  // No control of another scenario may meet a moved clock.
  if (movers.length > 0) await untilEnded(running, pool);
  await runLane(movers.values(), pool, { running, early: false });
  await runLanes(1, inPhase('last'));
  await untilEnded(running, pool);
}

async function untilEnded(running: readonly Promise<void>[], { isEnded }: Pool): Promise<void> {
  if (isEnded?.() !== true) await Promise.all(running);
}

interface Lane {
  /** Receives what has begun. */
  readonly running: Promise<void>[];
  /** The next scenario begins when only the control after the last one is missing. */
  readonly early: boolean;
}

/** Takes scenarios until there are none left. */
async function runLane(
  left: IterableIterator<PlannedScenario>,
  pool: Pool,
  { running, early }: Lane,
): Promise<void> {
  for (const planned of left) {
    if (pool.isEnded?.() === true) return;
    await new Promise<void>((resolve, reject) => {
      const ended = runOne(planned, pool, early ? resolve : () => undefined);
      running.push(ended);
      ended.then(resolve, reject);
    });
  }
}

async function runOne(planned: PlannedScenario, pool: Pool, onSent: () => void): Promise<void> {
  try {
    const result = await pool.run(planned, onSent);
    if (pool.isEnded?.() !== true) pool.onResult(planned, result);
  } catch (error) {
    if (pool.isEnded?.() === true) return;
    if (pool.onFault === undefined) throw error;
    pool.onFault(planned, error);
  }
}

/** Procedures before cells, warmed keys before others; else in the order of the catalogue. */
function byLength(planned: readonly PlannedScenario[]): PlannedScenario[] {
  return planned.toSorted((one, other) => lengthOf(other) - lengthOf(one));
}
