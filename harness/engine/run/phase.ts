import { type Preparation, type Procedure, preparationSteps, type Scenario } from '../../model/index.ts';
import { preparationFeatures } from '../key-control/preparations.ts';
import { isFar } from '../session/session-state.ts';

/** When a scenario runs: in parallel with others, alone after them, or alone at the end. */
export type Phase = (typeof phases)[number];

/** In the order of a run. */
export const phases = ['together', 'alone', 'last'] as const;

/**
 * Scenarios that run alone: moving the clock affects all others. Some measure how long an answer takes and delay
 * others. Some check whether an old key still works for a short time: in parallel with others, the answers of a near
 * target take many times longer.
 */
export function phaseOf(scenario: Scenario, nearestMs?: number): Phase {
  const { procedure, runs } = scenario;
  if (runs === 'last') return 'last';
  if (looksForCaches(scenario) && !isFar(nearestMs)) return 'alone';
  const isAlone = procedure === 'a costly key is answered in time' || movesClock(scenario);
  return isAlone ? 'alone' : 'together';
}

/** Procedures that use a key while, or as soon as, it ends. */
const usesEndedKeys: readonly Procedure[] = [
  'regeneration is linearizable',
  'an old key is used at the answer',
  'a revoked key is used at the answer',
];

/** Many uses keep the target busy, so only one use shows how long a short cache lives. */
function looksForCaches({ procedure, prepare, over }: Scenario): boolean {
  if (procedure !== undefined && usesEndedKeys.includes(procedure)) return true;
  return prepare !== undefined && over === undefined && isUsedOnce(prepare);
}

function isUsedOnce(preparation: Preparation): boolean {
  const { uses, untilRejected } = preparationSteps[preparation];
  return uses === 1 && untilRejected !== true;
}

/** Whether a scenario runs alone and sends one request after the other. */
export function isSequentialAlone(scenario: Scenario, nearestMs?: number): boolean {
  const isParallel = scenario.prepare !== undefined && isUsedOnce(scenario.prepare);
  return phaseOf(scenario, nearestMs) !== 'together' && !isParallel;
}

/** Whether a scenario moves the clock of the target. */
export function movesClock({ prepare }: Scenario): boolean {
  return prepare !== undefined && preparationFeatures[prepare]?.includes('clock') === true;
}
