import { type Operation, type ScenarioResult, stands, summarise } from '../../../model/index.ts';
import type { PlannedScenario } from '../../matrix/expand.ts';
import type { CellOutcome } from '../../session/cell.ts';
import type { Observer } from '../../session/observer.ts';
import { procedureOutcome } from '../../session/outcome.ts';
import type { Session } from '../../session/session.ts';
import { describeExpectation } from '../../verdict/expectations.ts';
import type { GuessResult } from './guesses.ts';
import type { DeedResult } from './siblings.ts';

/** What is needed to create results. */
export interface ResultInputs {
  readonly session: Session;
  readonly observer: Observer;
  /** When the suite began, by the clock of this process. */
  readonly startedMs: number;
}

/** The result of the scenario that guesses at keys; one cell for each operation. */
export function resultOfGuesses(
  inputs: ResultInputs,
  planned: PlannedScenario,
  guessed: readonly GuessResult[],
): ScenarioResult {
  const context = contextOf(inputs, planned);
  const outcomes = guessed.map(({ operation, found, sent, undecided }) =>
    procedureOutcome(context, operation, found, sent, undecided),
  );
  return resultOf(inputs, planned, outcomes);
}

/** The result of a scenario about effects on other keys; one cell for each operation on which they were tried. */
export function resultOfSiblings(
  inputs: ResultInputs,
  planned: PlannedScenario,
  { changes, sent, undecided }: DeedResult,
  operations: readonly Operation[],
): ScenarioResult {
  const context = contextOf(inputs, planned);
  const outcomes = operations.flatMap((operation) => {
    const found = changes.filter((change) => change.operation === operation.id).map((change) => change.found);
    if (changes.length > 0 && found.length === 0) return [];
    const own = sent.filter(({ exchange }) => exchange.operation === operation.id);
    return [procedureOutcome(context, operation, found, own, undecided)];
  });
  return resultOf(inputs, planned, outcomes);
}

function contextOf({ session, observer }: ResultInputs, planned: PlannedScenario) {
  return { session, planned, keys: undefined, observer };
}

/** Its requests are counted with those of the preflight. */
function resultOf(
  { startedMs }: ResultInputs,
  planned: PlannedScenario,
  outcomes: readonly CellOutcome[],
): ScenarioResult {
  const cells = outcomes.map(({ cell }) => cell);
  return {
    scenario: planned.id,
    sent: planned.scenario.title,
    expected: describeExpectation(planned.scenario.expect),
    ...summarise(cells),
    cells,
    observed: seenAgain(outcomes.flatMap(({ observed }) => observed)),
    exchanges: outcomes.flatMap(({ records }) => records),
    requests: 0,
    durationMs: Math.round(performance.now() - startedMs),
  };
}

/**
 * Without what only one exchange shows and must repeat: these requests are not sent again, and something in front of the
 * target may have answered one of them.
 */
function seenAgain(observed: ScenarioResult['observed']): ScenarioResult['observed'] {
  return observed.filter(
    (one) =>
      stands(one) ||
      observed.some(
        (other) =>
          other.exchange !== one.exchange &&
          other.requirement === one.requirement &&
          other.kind === one.kind &&
          other.operation === one.operation,
      ),
  );
}
