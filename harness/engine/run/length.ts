import { warmUses } from '../key-control/preparations.ts';
import type { PlannedScenario } from '../matrix/expand.ts';

/** How many pairs of requests, one after the other, take as long as a procedure. */
const pairsOfProcedure = 8;

/**
 * A number to compare how long scenarios take: sequential requests take longer than parallel ones. The longest
 * scenarios begin first.
 */
export function lengthOf({ scenario, operations }: PlannedScenario): number {
  const { prepare, procedure, after } = scenario;
  const isWarmed = prepare !== undefined && warmUses(prepare) > 0;
  // One pair of requests at a time, see `sendRightAfter`.
  const pairs = after === undefined ? 0 : operations.length / pairsOfProcedure;
  return (
    (procedure === 'regeneration is linearizable' ? 4 : 0) + (isWarmed ? 2 : 0) + (procedure ? 1 : 0) + pairs
  );
}

/**
 * Which requests go before others. A request that follows something, such as a revocation or the request of the owner,
 * must follow at once. A scenario of several steps must not wait in the queue at each step.
 */
export function priorityOf({ scenario: { prepare, procedure, after } }: PlannedScenario): number {
  return prepare === undefined && procedure === undefined && after === undefined ? 0 : 1;
}
