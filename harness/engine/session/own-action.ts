import type { Reason, Scenario, ScenarioResult } from '../../model/index.ts';
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

/** The actions of a scenario. Every key that it creates is revoked at the end. */
function actionsOf(scenario: Scenario): OwnAction[] {
  const { prepare, procedure } = scenario;
  const regenerates = /regenerat/.test(`${prepare} ${procedure}`);
  const makes = prepare !== undefined || regenerates || / keys? (stay|work|answer)/.test(`${procedure}`);
  return [
    ...(makes ? (['create', 'revoke'] as const) : []),
    ...(regenerates ? (['regenerate'] as const) : []),
    ...(forges(scenario) ? (['forge'] as const) : []),
  ];
}

/** True if a credential is derived from a valid key, is no longer valid, and still shows whose key it was. */
function forges({ forge, present, procedure }: Scenario): boolean {
  return (
    (forge !== undefined && forge.literal === undefined) ||
    JSON.stringify(present ?? {}).includes('{key|') ||
    procedure === 'bad keys are answered alike'
  );
}
