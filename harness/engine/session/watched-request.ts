import type { Operation, Scenario } from '../../model/index.ts';

/** What tells a request of a scenario that only watches from others; those that send the same share the exchange. */
export function watchedRequest(scenario: Scenario, { id }: Operation): string {
  const { key, forge, present, request, method, path, spelling, over } = scenario;
  return JSON.stringify([id, key, forge, present, request, method, path, spelling, over]);
}
