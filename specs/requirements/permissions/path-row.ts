import type { Respelling } from '../../../harness/model/index.ts';

/** One way to name an operation by a path that is not the documented one. The fault of the same name is gullible in it. */
export interface PathRow {
  readonly id: string;
  readonly title: string;
  readonly spelling?: Respelling;
  readonly requestLine?: string;
  /** What it sends is near enough to the documented request to catch these as well, without a key. */
  readonly catches?: readonly string[];
  /** The same with the read key. */
  readonly catchesRead?: readonly string[];
  /** It is about what stands before the path of every operation, so that one of each kind stands for all. */
  readonly before?: true;
}

/** Where something is put into a path, as regular expressions. */
export const [start, end] = ['^', '$'];
export const afterFirst = '(?<=^/[^/]+)(?=/|$)';
export const firstSlash = '(?<=^/[^/]+)/';
