import type { Reason, Scenario, ScenarioResult } from '../../model/index.ts';
import type { allScenarios, PlannedScenario } from '../matrix/expand.ts';
import type { OwnAction, SessionState } from './session-state.ts';

/** By which each action is judged. */
const judgedBy: Readonly<Record<OwnAction, Pick<Scenario, 'prepare' | 'procedure'>>> = {
  create: { procedure: 'creating a key leaves others alone' },
  regenerate: { prepare: 'sibling of a regenerated key' },
  revoke: { prepare: 'sibling of a revoked key' },
  forge: { procedure: 'a key survives guesses' },
};

/** The scenario that judges an action, of those of a catalogue. */
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

/** Why a scenario is not run: what it does to keys has turned out to hurt others. */
export function harmOf({ ownActions }: SessionState, { scenario }: PlannedScenario): Reason | undefined {
  if (ownActions === undefined) return undefined;
  return actionsOf(scenario).flatMap((action) => ownActions.avoid[action] ?? [])[0];
}

/** What is made in the end goes in the end: every key that is made is revoked. */
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

/** Whether a credential is made of a good key that is not the key any more, but says whose it is. */
function forges({ forge, present, procedure }: Scenario): boolean {
  return (
    (forge !== undefined && forge.literal === undefined) ||
    JSON.stringify(present ?? {}).includes('{key|') ||
    procedure === 'bad keys are answered alike'
  );
}
