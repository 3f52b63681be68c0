import { preparationSteps, type Scenario } from '../../model/index.ts';
import { preparationFeatures } from '../key-control/preparations.ts';
import { isFar } from '../session/session-state.ts';

/** When a scenario runs: in parallel with others, alone after them, or alone at the end. */
export type Phase = (typeof phases)[number];

/** In the order of a run. */
export const phases = ['together', 'alone', 'last'] as const;

/**
 * Scenarios that run alone: moving the clock affects all others. Some measure how long an answer takes and delay
 * others. Some look whether an old key still works for a short time: in parallel with others, the answers of a near
 * target take many times longer.
 */
export function phaseOf(scenario: Scenario, nearestMs?: number): Phase {
  const { procedure, runs } = scenario;
  if (runs === 'last') return 'last';
  if (looksForCaches(scenario) && !isFar(nearestMs)) return 'alone';
  const isAlone = procedure === 'a costly key is answered in time' || movesClock(scenario);
  return isAlone ? 'alone' : 'together';
}

function looksForCaches({ procedure, prepare }: Scenario): boolean {
  if (prepare === undefined) return procedure === 'regeneration is linearizable';
  const { uses = 0, untilRejected } = preparationSteps[prepare];
  return uses > 0 && untilRejected !== true;
}

/** Whether a scenario moves the clock of the target. */
export function movesClock({ prepare }: Scenario): boolean {
  return prepare !== undefined && preparationFeatures[prepare]?.includes('clock') === true;
}
