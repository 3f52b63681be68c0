import type { Reply } from './message.ts';
import type { Shelf } from './shelves.ts';

/** The input of an operation. The body has been checked. */
export interface OperationRequest {
  readonly shelf: Shelf;
  /** The groups of the path pattern, decoded. */
  readonly named: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An operation of the API. */
export interface Operation {
  readonly method: string;
  readonly path: RegExp;
  readonly writes: boolean;
  /** One line for each thing that is wrong with a request. */
  readonly problems: (body: unknown, query: URLSearchParams, named: readonly string[]) => readonly string[];
  readonly act: (asked: OperationRequest) => Reply;
}

/** The answer for everything that does not exist, whether an item or a path. */
export const notFound: Reply = { status: 404, body: { error: 'not_found' } };

/** The answer to a well-formed request that breaks a rule. */
export function against(rule: string): Reply {
  return { status: 422, body: { error: 'rule', rule } };
}

/** The answer to a malformed request. */
export function invalid(errors: readonly string[]): Reply {
  return { status: 400, body: { errors } };
}
