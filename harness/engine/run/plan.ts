import { because, type Capability, type Family, type Operation, type Reason } from '../../model/index.ts';
import { controlLeftOut } from '../configuration/control-left-out.ts';
import { productionHostOf } from '../configuration/production.ts';
import { comesFromControl } from '../configuration/unlocks.ts';
import { expand, type PlannedScenario } from '../matrix/expand.ts';
import type { SessionState } from '../session/session-state.ts';
import { chosenAt } from './quick.ts';

/** The plan for a state and a catalogue: every scenario with its cells. */
export function plan(catalogue: readonly Family[], state: SessionState): PlannedScenario[] {
  const operations = state.operations
    .filter(({ availability, unclaimed }) => availability !== 'absent' || unclaimed === true)
    .filter(({ claimedAbsent }) => claimedAbsent !== true)
    .map(({ operation }) => operation);
  const planned = expand(catalogue, {
    operations,
    claimedAbsent: namesOf(state, 'claimedAbsent'),
    doubtful: namesOf(state, 'unclaimed').map(({ id }) => id),
    capabilities: new Map(state.capabilities),
    refused: new Map([...leftOut(state), ...(state.refused ?? [])]),
    depth: state.options.depth,
    chosen: chosenAt(state.options.depth, catalogue, state.everyMember === true),
    mode: state.options.mode,
    production: productionHostOf(state.target),
  });
  const { operation } = state.options;
  return operation === undefined ? planned : planned.map((one) => onlyOn(operation, one));
}

/** What is left of a scenario on one operation. */
function onlyOn(id: string, planned: PlannedScenario): PlannedScenario {
  if (planned.skip !== undefined) return planned;
  const operations = planned.operations.filter((operation) => operation.id === id);
  if (operations.length > 0) return { ...planned, operations };
  const skip = { verdict: 'not-applicable', because: because('no-such-operations'), missing: [] } as const;
  return { ...planned, operations, skip };
}

function namesOf({ operations }: SessionState, mark: 'claimedAbsent' | 'unclaimed'): Operation[] {
  return operations.filter((state) => state[mark] === true).map(({ operation }) => operation);
}

/** What key control would provide if the mode allowed its use. */
function leftOut({ target, options, capabilities }: SessionState): (readonly [Capability, Reason])[] {
  if (controlLeftOut(target, options.mode) === undefined) return [];
  const reason = because('mode-without-control', { mode: options.mode });
  return capabilities.flatMap(([capability]) =>
    comesFromControl(capability) ? [[capability, reason] as const] : [],
  );
}
