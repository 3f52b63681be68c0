/** The scenario id under which a report shows findings of a requirement in exchanges of other scenarios. */
export function elsewhereOf(requirement: string): string {
  return `${requirement}/elsewhere`;
}

/** True for the id that stands for exchanges of other scenarios. */
export function isElsewhere(scenario: string): boolean {
  return scenario.endsWith('/elsewhere');
}
