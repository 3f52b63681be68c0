import type { Repeats } from '../../model/index.ts';

/** Some repeated requests: how many, how many got another answer, and the first answers that did not repeat. */
export interface RepeatedRequests {
  readonly requests: number;
  readonly differently: number;
  readonly answers: readonly string[];
  readonly unmodified: boolean;
}

/** Counts what a scenario, or the preflight, repeated. */
export interface RepeatLog {
  add(repeated: RepeatedRequests): void;
  /** Undefined while nothing has been repeated. */
  total(): Repeats | undefined;
}

/** An empty log. */
export function createRepeatLog(): RepeatLog {
  const answers: Record<string, number> = {};
  let [requests, differently, unmodified] = [0, 0, false];
  return {
    add(repeated) {
      requests += repeated.requests;
      differently += repeated.differently;
      unmodified ||= repeated.unmodified && repeated.answers.length > 0;
      for (const answer of repeated.answers) answers[answer] = (answers[answer] ?? 0) + 1;
    },
    total: () =>
      requests === 0 ? undefined : { requests, differently, answers: { ...answers }, unmodified },
  };
}

/** The total as a member of a result. */
export function logged(log: RepeatLog): { readonly repeats?: Repeats } {
  const repeats = log.total();
  return repeats === undefined ? {} : { repeats };
}

/**
 * Kinds of findings that have repeated so often that the next one need not: a run against a server with many faults
 * must not take three times as long.
 */
export interface KnownFindings {
  isKnown(kind: string): boolean;
  count(kind: string, repeated: boolean): void;
}

const enough = 20;

/** Knows nothing yet. */
export function createKnownFindings(): KnownFindings {
  const counts = new Map<string, number>();
  return {
    isKnown: (kind) => (counts.get(kind) ?? 0) >= enough,
    count(kind, repeated) {
      // A kind that once did not repeat may do so again: from then on each finding of the kind must repeat.
      counts.set(kind, repeated ? (counts.get(kind) ?? 0) + 1 : Number.NEGATIVE_INFINITY);
    },
  };
}
