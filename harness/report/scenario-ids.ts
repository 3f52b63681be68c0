import type { Family } from '../model/index.ts';

/** The full id of every scenario, in the order of the catalogue. */
export function scenarioIds(catalogue: readonly Family[]): string[] {
  return catalogue.flatMap(({ requirements }) =>
    requirements.flatMap(({ id, scenarios }) => scenarios.map((scenario) => `${id}/${scenario.id}`)),
  );
}
