import { expand, type PlannedScenario } from '../matrix/expand.ts';
import type { Family } from '../model.ts';
import type { SessionState } from './state.ts';

/** What a state and a catalogue come to: every scenario with its cells. */
export function plan(catalogue: readonly Family[], state: SessionState): PlannedScenario[] {
  const operations = state.operations
    .filter(({ availability }) => availability !== 'absent')
    .map(({ operation }) => operation);
  return expand(catalogue, {
    operations,
    capabilities: new Map(state.capabilities),
    refused: new Map(state.refused),
    depth: state.options.depth,
    mode: state.options.mode,
  });
}
