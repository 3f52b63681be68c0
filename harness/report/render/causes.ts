import { type FindingKind, findingKinds } from '../../model.ts';
import { figure } from './text.ts';

const keyRequired = 'presentation/key-required';
const namesShown = 3;

/** Holds scenarios of many kinds: where one of them passes, a forged key that is let in beside it has its own reason. */
const signatureVerified = 'token/signature-verified';

/** What the order depends on. */
interface Failing {
  readonly requirement: { readonly id: string; readonly explainedBy?: readonly string[] | undefined };
  readonly kind: FindingKind | undefined;
  readonly hit: readonly string[];
  /** Operations of `hit` on which nothing of the requirement passed; absent: all of them. */
  readonly hitThroughout?: readonly string[];
}

/** A failure, and the id of the first cause where it is only a consequence. */
type Explained<T> = T & { readonly consequenceOf: string | undefined };

/** The order of what fails, and a line about it where operations answer without any key. */
interface Ordered<T> {
  readonly failing: readonly Explained<T>[];
  readonly note: string | undefined;
}

/**
 * Causes before consequences, each in the order in which they came. An operation that answers without any key lets in
 * every forged one too: the missing check of it comes first of all, so that nobody rewrites cryptography that works.
 */
export function causesFirst<T extends Failing>(failing: readonly T[]): Ordered<T> {
  const all = failing.map((fix) => ({ ...fix, consequenceOf: firstCause(fix, failing) }));
  const causes = all.filter(({ consequenceOf }) => consequenceOf === undefined);
  const consequences = all.filter(({ consequenceOf }) => consequenceOf !== undefined);
  const open = causes.find(({ requirement }) => requirement.id === keyRequired);
  const explained = consequences.filter(({ consequenceOf }) => consequenceOf === keyRequired);
  if (open === undefined || explained.length === 0) {
    return { failing: [...causes, ...consequences], note: undefined };
  }
  return {
    failing: [open, ...causes.filter((fix) => fix !== open), ...consequences],
    note: noteOf(open.hit, explained.length, all.length - 1),
  };
}

function firstCause<T extends Failing>(fix: T, failing: readonly T[]): string | undefined {
  const chain = new Set<T>([fix]);
  let last = fix;
  for (;;) {
    const next = failing.find((other) => !chain.has(other) && explains(other, last));
    if (next === undefined) return last === fix ? undefined : last.requirement.id;
    chain.add(next);
    last = next;
  }
}

/** A failure that hits an operation more than its explanation, or hits it worse, is one of its own. */
function explains(cause: Failing, { requirement, kind, hit }: Failing): boolean {
  const named =
    requirement.explainedBy?.includes(cause.requirement.id) ||
    (cause.requirement.id === keyRequired && kind === 'let-in');
  const reached = cause.requirement.id === signatureVerified ? cause.hitThroughout : undefined;
  return (
    named &&
    hit.length > 0 &&
    hit.every((operation) => (reached ?? cause.hit).includes(operation)) &&
    rank(cause.kind) <= rank(kind)
  );
}

/** Worst first; what has no kind comes last. */
export function rank(kind: FindingKind | undefined): number {
  return kind === undefined ? findingKinds.length : findingKinds.indexOf(kind);
}

function noteOf(open: readonly string[], explained: number, others: number): string {
  const which =
    others === 1
      ? 'the other requirement fails'
      : `${figure(explained)} of the ${figure(others)} other requirements ${explained === 1 ? 'fails' : 'fail'}`;
  return `${which} only on ${namesOf(open)}, which ${open.length === 1 ? 'answers' : 'answer'} without any key: fix ${keyRequired} first`;
}

function namesOf(operations: readonly string[]): string {
  const more = operations.length - namesShown;
  const shown = operations.slice(0, namesShown).join(', ');
  return more > 0 ? `${shown} and ${figure(more)} more` : shown;
}
