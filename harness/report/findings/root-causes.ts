import { type FindingKind, findingKinds } from '../../model/index.ts';
import { isAnsweredAlike } from '../render/alike.ts';
import {
  type Failing,
  keyRequired,
  noteOf,
  openOperationsOf,
  signatureVerified,
  textTakenOn,
} from './open-operations.ts';

/** What other causes are looked for behind: the plainest that is wrong comes first. */
const plainest = [keyRequired, signatureVerified];
/** Watch what other requirements provoke, so that they are never the plainer cause. */
const watchers = ['contract/no-server-error', 'contract/no-redirect'];

/** A failure, and the id of the first cause where it is only a consequence. */
type ExplainedFailure<T> = T & {
  readonly consequenceOf: string | undefined;
  /** The cause gets the same wrong answer, perhaps on other operations. */
  readonly alike?: true;
};

/** The order of what fails, and a line about it where operations answer without any key. */
interface FailureOrder<T> {
  readonly failing: readonly ExplainedFailure<T>[];
  readonly note: string | undefined;
}

/**
 * Causes before consequences, each in the order in which they came. An operation that answers without any key accepts
 * every forged one too: the missing check of it comes first, so that nobody rewrites cryptography that works. Where any
 * text after Bearer is accepted, that the signature is not verified comes before whatever else is accepted so. Only what
 * is as bad on more operations, those that are open left aside, comes before either. Of requirements that fail with the same wrong answer only the
 * plainest is a cause.
 */
export function causesFirst<T extends Failing>(failing: readonly T[]): FailureOrder<T> {
  const named = failing.map((fix) => ({ ...fix, consequenceOf: firstCause(fix, failing) }));
  const all = withAlike(named);
  const causes = all.filter(({ consequenceOf }) => consequenceOf === undefined);
  const consequences = all.filter(({ consequenceOf }) => consequenceOf !== undefined);
  const group = openOperationsOf(failing).find(({ cause }) =>
    consequences.some(({ consequenceOf }) => consequenceOf === cause),
  );
  const open = causes.find(({ requirement }) => requirement.id === group?.cause);
  if (group === undefined || open === undefined)
    return { failing: [...causes, ...consequences], note: undefined };
  const wider = causes
    .slice(0, causes.indexOf(open))
    .filter(({ hits }) => [...hits.keys()].filter((one) => !open.hits.has(one)).length > open.hits.size);
  return {
    failing: [
      ...wider,
      open,
      ...causes.filter((fix) => fix !== open && !wider.includes(fix)),
      ...consequences,
    ],
    note: noteOf(group, consequences, all.length - 1),
  };
}

function firstCause<T extends Failing>(fix: T, failing: readonly T[]): string | undefined {
  const chain = new Set<T>([fix]);
  const textTaken = textTakenOn(failing);
  let last = fix;
  for (;;) {
    const next = failing.find(
      (other) => !chain.has(other) && (explains(other, last) || takesText(other, last, textTaken)),
    );
    if (next === undefined) return last === fix ? undefined : last.requirement.id;
    chain.add(next);
    last = next;
  }
}

/** Causes that fail with the same wrong answers become one; what they explain is explained by that one. */
function withAlike<T extends Failing>(all: readonly ExplainedFailure<T>[]): readonly ExplainedFailure<T>[] {
  const causes = all
    .filter(({ consequenceOf }) => consequenceOf === undefined)
    .toSorted((one, other) => plainness(one) - plainness(other));
  const moved = new Map<string, string>();
  for (const [index, fix] of causes.entries()) {
    const { id } = fix.requirement;
    const cause = causes
      .slice(0, index)
      .find(
        (earlier) =>
          !moved.has(earlier.requirement.id) && isAnsweredAlike(earlier, fix, isPlain(earlier, fix)),
      );
    if (cause !== undefined) moved.set(id, cause.requirement.id);
  }
  return all.map((fix) => {
    const to = moved.get(fix.consequenceOf ?? fix.requirement.id);
    return to === undefined ? fix : { ...fix, consequenceOf: to, alike: true };
  });
}

function plainness({ requirement: { id } }: Failing): number {
  if (watchers.includes(id)) return plainest.length + 1;
  return plainest.includes(id) ? plainest.indexOf(id) : plainest.length;
}

function isPlain(cause: Failing, { requirement: { id } }: Failing): boolean {
  return cause.requirement.id === keyRequired || watchers.includes(id);
}

/** A failure that hits an operation more than its explanation, or hits it worse, is one of its own. */
function explains(cause: Failing, { requirement, kind, hits }: Failing): boolean {
  const named =
    requirement.explainedBy?.includes(cause.requirement.id) ||
    (cause.requirement.id === keyRequired && kind === 'let-in');
  const reached = cause.requirement.id === signatureVerified ? new Set(cause.hitThroughout) : cause.hits;
  return (
    named &&
    hits.size > 0 &&
    [...hits].every(
      ([operation, { worst }]) =>
        reached.has(operation) && rank(cause.hits.get(operation)?.worst) <= rank(worst),
    )
  );
}

/** Where any text is accepted, what comes as a text after Bearer is accepted for no other reason. */
function takesText(
  cause: Failing,
  { hits }: Failing,
  { operations, everywhere }: ReturnType<typeof textTakenOn>,
): boolean {
  return (
    cause.requirement.id === signatureVerified &&
    hits.size > 0 &&
    [...hits].every(
      ([operation, { textAccepted }]) =>
        textAccepted === true && (everywhere || operations.includes(operation)),
    )
  );
}

/** Worst first; what has no kind comes last. */
export function rank(kind: FindingKind | undefined): number {
  return kind === undefined ? findingKinds.length : findingKinds.indexOf(kind);
}
