import type { JsonValue } from '../../../model/index.ts';

/** A part of a list: the page of that number at a page size, and how many entries come before it. */
export interface Place {
  readonly size: number;
  readonly page: number;
  readonly after: number;
}

/** How a list is read in parts. */
export interface Paging {
  /** Sizes of a page that are tried while the target answers 400, which it may: not all of them are documented. */
  readonly sizes: readonly number[];
  at(place: Place): { readonly query: readonly (readonly [string, string])[]; readonly body?: JsonValue };
}
