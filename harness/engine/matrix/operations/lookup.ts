import type { FixtureSet, JsonValue } from '../../../model/index.ts';

/** The answer to the owner. */
export interface OwnerAnswer {
  readonly status: number | undefined;
  /** The JSON body of a success; throws if there is none. */
  content(): Record<string, unknown>;
}

/** Sends a request to an operation with the write key; throws if the target does not implement the operation. */
export type AskAsOwner = (
  operation: string,
  request: { readonly body?: JsonValue; readonly path?: Readonly<Record<string, string>> },
) => Promise<OwnerAnswer>;

/** How the owner finds out if a write to the traced set happened. */
export interface Lookup {
  look(ask: AskAsOwner, set: FixtureSet, marker: string): Promise<unknown>;
  /** A sentence if two readings, one after the other, show that the write happened before the second one. */
  trace(before: unknown, after: unknown, marker: string): string | undefined;
  /** The trace is a text that nobody else could have left, so it need not appear twice. */
  readonly unmistakable?: true;
  /** A key of another project writes into its own project, so the owner finds nothing. */
  readonly staysWithWriter?: true;
}

/** Finds out if an object that existed is gone. */
export function stillThere(
  operation: string,
  where: (set: FixtureSet) => Readonly<Record<string, string>>,
): Lookup {
  return {
    async look(ask, set) {
      const answer = await ask(operation, { path: where(set) });
      return answer.status === 404 ? undefined : answer.content().id;
    },
    trace: (before, after) =>
      before !== undefined && after === undefined ? 'the rejected request deleted what it names' : undefined,
    unmistakable: true,
  };
}

/**
 * Finds the marker in a member of the answer, or an object that did not exist before; 404 means that there is nothing.
 */
export function marked(
  operation: string,
  member: string,
  where: (set: FixtureSet, marker: string) => Parameters<AskAsOwner>[1],
): Lookup {
  return {
    async look(ask, set, marker) {
      const answer = await ask(operation, where(set, marker));
      if (answer.status === 404) return undefined;
      return answer.content()[member] ?? null;
    },
    trace: (before, after, marker) => {
      if (after === marker) return `the rejected request wrote: ${member} has the text that it sent`;
      return before === undefined && after !== undefined
        ? 'the rejected request created what it names'
        : undefined;
    },
    unmistakable: true,
  };
}
