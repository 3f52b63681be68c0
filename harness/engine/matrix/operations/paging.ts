import type { JsonValue } from '../../../model/index.ts';

/** A page of a list: its number at a page size, and how many entries come before it. */
export interface Place {
  readonly size: number;
  readonly page: number;
  readonly after: number;
}

/** How a list is read page by page. */
export interface Paging {
  /** Page sizes to try while the target answers 400, which it may, because not all sizes are documented. */
  readonly sizes: readonly number[];
  at(place: Place): { readonly query: readonly (readonly [string, string])[]; readonly body?: JsonValue };
}
