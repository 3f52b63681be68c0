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
   * Whether a kind is known to repeat. If not, the caller repeats the finding, calls `count`, and then `end`. At depth
   * quick this waits for others that repeat the same kind, if they are enough to know it. `mayWait`: nobody waits for
   * the caller.
   */
  isKnown(kind: string, mayWait: boolean): Promise<boolean>;
  count(kind: string, repeated: boolean): void;
  /** The caller does not repeat these any more. */
  end(kinds: readonly string[]): void;
}

/** After so many repeated findings of a kind, the next one need not repeat. */
const enough: Readonly<Record<Depth, number>> = { full: 20, quick: 8 };
/** The longest wait for others: they may be slow. */
const mostWaitMs = 2000;

/** Knows nothing yet. */
export function createKnownFindings(depth: Depth): KnownFindings {
  const counts = new Map<string, number>();
  const repeating = new Map<string, number>();
  const waiting = new Set<() => void>();
  const counted = (kind: string): number => counts.get(kind) ?? 0;
  const underWay = (kind: string): number => repeating.get(kind) ?? 0;
  const isEnough = (kind: string): boolean => counted(kind) >= enough[depth];
  const mayBecomeEnough = (kind: string): boolean =>
    depth === 'quick' && counted(kind) >= 0 && counted(kind) + underWay(kind) >= enough[depth];
  return {
    async isKnown(kind, mayWait) {
      const until = performance.now() + mostWaitMs;
      while (mayWait && !isEnough(kind) && mayBecomeEnough(kind) && performance.now() < until) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, until - performance.now());
          waiting.add(() => {
            clearTimeout(timer);
            resolve();
          });
        });
      }
      if (isEnough(kind)) return true;
      repeating.set(kind, underWay(kind) + 1);
      return false;
    },
    count(kind, repeated) {
      // A kind that once did not repeat may do so again: from then on each finding of the kind must repeat.
      counts.set(kind, repeated ? counted(kind) + 1 : Number.NEGATIVE_INFINITY);
    },
    end(kinds) {
      for (const kind of kinds) repeating.set(kind, underWay(kind) - 1);
      for (const wake of waiting) wake();
      waiting.clear();
    },
  };
}
