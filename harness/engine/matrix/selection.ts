import type { Chosen } from '../../model/index.ts';

/** What `-g` looks at: the full id of a scenario and its title, as one text. */
interface Selectable {
  readonly id: string;
  readonly scenario: { readonly title: string };
}

/** The text that a pattern of `-g` is held against. */
export function selectableText({ id, scenario }: Selectable): string {
  return `${id}: ${scenario.title}`;
}

/**
 * Whether the pattern of `-g` selects a scenario: a regular expression over `id: title`, in any case. Without a
 * pattern everything is selected. Throws SyntaxError where the pattern is no regular expression.
 */
export function isSelected(pattern: string | undefined, selectable: Selectable): boolean {
  return pattern === undefined || new RegExp(pattern, 'i').test(selectableText(selectable));
}

/** The same for a run that may name its only scenarios. */
export function isChosen({ selection, only }: Chosen, one: Selectable): boolean {
  return only === undefined ? isSelected(selection, one) : only.includes(one.id);
}
