import {
  type Procedure,
  preparationSteps,
  type Reason,
  type Scenario,
  type ScenarioResult,
} from '../../model/index.ts';
import type { allScenarios, PlannedScenario } from '../matrix/expand.ts';
import type { OwnAction, SessionState } from './session-state.ts';

/** The scenario that judges each action. */
const judgedBy: Readonly<Record<OwnAction, Pick<Scenario, 'prepare' | 'procedure'>>> = {
  create: { procedure: 'creating a key leaves others alone' },
  regenerate: { prepare: 'sibling of a regenerated key' },
  revoke: { prepare: 'sibling of a revoked key' },
  forge: { procedure: 'a key survives guesses' },
};

/** The scenario in a catalogue that judges an action. */
export function scenarioOf(
  scenarios: ReturnType<typeof allScenarios>,
  action: OwnAction,
): ReturnType<typeof allScenarios>[number] | undefined {
  const { prepare, procedure } = judgedBy[action];
  return scenarios.find(
    ({ scenario }) =>
      (prepare !== undefined && scenario.prepare === prepare) ||
      (procedure !== undefined && scenario.procedure === procedure),
  );
}

/** The result of a scenario that the preflight has decided. */
export function decidedBefore(
  { ownActions }: SessionState,
  { id }: PlannedScenario,
): ScenarioResult | undefined {
  return ownActions?.results.find(({ scenario }) => scenario === id);
}

/** Why a scenario is not run: its action on keys has turned out to harm others. */
export function harmOf({ ownActions }: SessionState, { scenario }: PlannedScenario): Reason | undefined {
  if (ownActions === undefined) return undefined;
  return actionsOf(scenario).flatMap((action) => ownActions.avoid[action] ?? [])[0];
}

const makes: readonly OwnAction[] = ['create', 'revoke'];
const replaces: readonly OwnAction[] = [...makes, 'regenerate'];

/** Procedures that create keys, except the one that judges this. */
const byProcedure: Readonly<Partial<Record<Procedure, readonly OwnAction[]>>> = {
  'regeneration keeps identity': replaces,
  'two regenerations leave one active key': replaces,
  'regeneration is linearizable': replaces,
  'an old key is used at the answer': replaces,
  'a revoked key is used at the answer': makes,
  'revoked keys stay revoked': makes,
  'many keys work at a time': makes,
};

/** The actions of a scenario. Every key that it creates is revoked at the end. */
function actionsOf(scenario: Scenario): OwnAction[] {
  const { prepare, procedure } = scenario;
  const prepares: readonly OwnAction[] =
    prepare === undefined ? [] : preparationSteps[prepare].regenerates === true ? replaces : makes;
  const proceeds = (procedure && byProcedure[procedure]) ?? [];
  const all = [...prepares, ...proceeds, ...(forges(scenario) ? (['forge'] as const) : [])];
  return [...new Set(all)];
}

/** True if a credential is derived from a valid key, is no longer valid, and still shows whose key it was. */
function forges({ forge, present, procedure }: Scenario): boolean {
  return (
    (forge !== undefined && forge.literal === undefined) ||
    JSON.stringify(present ?? {}).includes('{key|') ||
    procedure === 'bad keys are answered alike'
  );
}
