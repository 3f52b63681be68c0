import type { Scenario } from '../../model/index.ts';
import { preparationFeatures } from '../key-control/preparations.ts';
import { isFar } from '../session/session-state.ts';

/** When a scenario runs: in parallel with others, alone after them, or alone at the end. */
export type Phase = (typeof phases)[number];

/** In the order of a run. */
export const phases = ['together', 'alone', 'last'] as const;

/**
 * Scenarios that run alone: moving the clock affects all others. Some measure how long an answer takes and delay
 * others. One measures how long an old key still works: in parallel with others, the answers of a near target take many
 * times longer.
 */
export function phaseOf({ prepare, procedure, runs }: Scenario, nearestMs?: number): Phase {
  if (runs === 'last') return 'last';
  if (procedure === 'regeneration is linearizable' && !isFar(nearestMs)) return 'alone';
  const features = prepare === undefined ? [] : (preparationFeatures[prepare] ?? []);
  const isAlone = procedure === 'a costly key is answered in time' || features.includes('clock');
  return isAlone ? 'alone' : 'together';
}
