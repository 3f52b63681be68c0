/** The id under which a report shows what a requirement found in exchanges of other scenarios. */
export function elsewhereOf(requirement: string): string {
  return `${requirement}/elsewhere`;
}

/** True of a scenario that stands for exchanges of others. */
export function isElsewhere(scenario: string): boolean {
  return scenario.endsWith('/elsewhere');
}
