import type { Selection } from '../../model/index.ts';

/** What `-g` matches: the full id of a scenario and its title, as one text. */
interface Selectable {
  readonly id: string;
  readonly scenario: { readonly title: string };
}

/** The text that `-g` matches. */
export function selectableText({ id, scenario }: Selectable): string {
  return `${id}: ${scenario.title}`;
}

/**
 * Whether `-g` selects a scenario: a regular expression over `id: title`, in any case. Without a pattern everything is
 * selected. Throws SyntaxError if the pattern is not a regular expression.
 */
export function isSelected(pattern: string | undefined, selectable: Selectable): boolean {
  return pattern === undefined || new RegExp(pattern, 'i').test(selectableText(selectable));
}

/** The same for a run that may list its only scenarios. */
export function isChosen({ selection, only }: Selection, one: Selectable): boolean {
  return only === undefined ? isSelected(selection, one) : only.includes(one.id);
}
