import type { Depth, Repeats } from '../../model/index.ts';

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
  /**
   * Whether a kind is known to repeat. If not, the caller repeats the finding, and then calls `count`. At depth quick
   * this waits for others that repeat the same kind, if they are enough to know it. `mayWait`: others do not wait for
   * the caller.
   */
  isKnown(kind: string, mayWait: boolean): Promise<boolean>;
  /** `repeated`: undefined if the repetition could not show it. */
  count(kind: string, repeated: boolean | undefined): void;
}

/** So many findings of a kind repeat. */
const enough: Readonly<Record<Depth, number>> = { full: 20, quick: 8 };
/** Who repeats a kind may wait for something else. */
const mostWaitMs = 2000;

/** Knows nothing yet. */
export function createKnownFindings(depth: Depth): KnownFindings {
  const counts = new Map<string, number>();
  const repeating = new Map<string, number>();
  const waiting = new Set<() => void>();
  const counted = (kind: string): number => counts.get(kind) ?? 0;
  const underWay = (kind: string): number => repeating.get(kind) ?? 0;
  const mayBecomeKnown = (kind: string): boolean =>
    depth === 'quick' && counted(kind) >= 0 && counted(kind) + underWay(kind) >= enough[depth];
  return {
    async isKnown(kind, mayWait) {
      const until = performance.now() + mostWaitMs;
      const isLate = (): boolean => !mayWait || performance.now() >= until;
      while (counted(kind) < enough[depth] && mayBecomeKnown(kind) && !isLate()) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, until - performance.now());
          waiting.add(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
      if (counted(kind) >= enough[depth]) return true;
      repeating.set(kind, underWay(kind) + 1);
      return false;
    },
    count(kind, repeated) {
      repeating.set(kind, Math.max(0, underWay(kind) - 1));
      // A kind that once did not repeat may do so again: from then on each finding of the kind must repeat.
      if (repeated !== undefined) counts.set(kind, repeated ? counted(kind) + 1 : Number.NEGATIVE_INFINITY);
      for (const wake of waiting) wake();
      waiting.clear();
    },
  };
}
