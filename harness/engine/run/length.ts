import { warmUses } from '../key-control/preparations.ts';
import type { PlannedScenario } from '../matrix/expand.ts';

/**
 * How long a scenario takes beside others, as a number to compare by: what sends one request after the other takes
 * longer than what sends them all at once. The long ones begin first.
 */
export function lengthOf({ scenario: { prepare, procedure } }: PlannedScenario): number {
  const isWarmed = prepare !== undefined && warmUses(prepare) > 0;
  return (procedure === 'regeneration is linearizable' ? 4 : 0) + (isWarmed ? 2 : 0) + (procedure ? 1 : 0);
}

/**
 * Which requests go before those of others: what follows something, such as the end of a key or the request of the
 * owner, has to follow it at once, and what takes several steps does not wait in line at each of them.
 */
export function priorityOf({ scenario: { prepare, procedure, after } }: PlannedScenario): number {
  return prepare === undefined && procedure === undefined && after === undefined ? 0 : 1;
}
