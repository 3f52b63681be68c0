import type { PlannedScenario } from '../matrix/expand.ts';

/**
 * How long a scenario takes beside others, as a number to compare by: what sends one request after the other takes
 * longer than what sends them all at once. The long ones begin first, and their requests do not wait for those of others.
 */
export function lengthOf({ scenario: { prepare, procedure } }: PlannedScenario): number {
  const isWarmed = prepare?.startsWith('warmed') === true || prepare?.startsWith('used') === true;
  return (procedure === 'regeneration is linearizable' ? 4 : 0) + (isWarmed ? 2 : 0) + (procedure ? 1 : 0);
}
