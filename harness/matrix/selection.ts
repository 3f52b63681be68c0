/** What `-g` looks at: the full id of a scenario and its title, as one text. */
interface Selectable {
  readonly id: string;
  readonly scenario: { readonly title: string };
}

/**
 * Whether the pattern of `-g` selects a scenario: a regular expression over `id: title`, in any case. Without a
 * pattern everything is selected. Throws SyntaxError where the pattern is no regular expression.
 */
export function isSelected(pattern: string | undefined, { id, scenario }: Selectable): boolean {
  return pattern === undefined || new RegExp(pattern, 'i').test(`${id}: ${scenario.title}`);
}
