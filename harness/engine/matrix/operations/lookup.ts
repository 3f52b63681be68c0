import {
  type FixtureSet,
  isOverload,
  isRedirect,
  isServerFailure,
  type JsonValue,
} from '../../../model/index.ts';

/** The answer to the owner. */
export interface OwnerAnswer {
  readonly status: number | undefined;
  /** The JSON body of a success; throws if there is none. */
  content(): Record<string, unknown>;
}

/** True if an answer, or none, does not tell what became of a request. */
export function tellsNothing(status: number | undefined): boolean {
  return status === undefined || isRedirect(status) || isServerFailure(status) || isOverload(status);
}

/** Sends a request to an operation with the write key; throws if the target does not implement the operation. */
export type AskAsOwner = (
  operation: string,
  request: { readonly body?: JsonValue; readonly path?: Readonly<Record<string, string>> },
) => Promise<OwnerAnswer>;

/** What a write left behind. */
export interface Trace {
  /** What the request did, as the end of a sentence: "wrote: name has the text that it sent". */
  readonly did: string;
  /** Nothing else can have left it; otherwise it must appear twice. */
  readonly certain?: true;
}

/** How the owner finds out if a write to the traced set happened. */
export interface Lookup {
  look(ask: AskAsOwner, set: FixtureSet, marker: string): Promise<unknown>;
  /** Set if two readings, one after the other, show that the write happened before the second one. */
  trace(before: unknown, after: unknown, marker: string): Trace | undefined;
  /** A look changes nothing, and what it finds was left by nobody else. */
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
      before !== undefined && after === undefined
        ? { did: 'deleted what it names', certain: true }
        : undefined,
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
      if (after === marker) {
        return { did: `wrote: ${member} has the text that it sent`, certain: true };
      }
      return before === undefined && after !== undefined ? { did: 'created what it names' } : undefined;
    },
    unmistakable: true,
  };
}
