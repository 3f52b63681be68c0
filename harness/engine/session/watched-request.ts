import type { Operation, Scenario } from '../../model/index.ts';

/** Identifies the request of a scenario that only watches; scenarios with equal requests share the exchange. */
export function watchedRequest(scenario: Scenario, { id }: Operation): string {
  const { key, forge, present, request, method, path, spelling, over } = scenario;
  return JSON.stringify([id, key, forge, present, request, method, path, spelling, over]);
}
