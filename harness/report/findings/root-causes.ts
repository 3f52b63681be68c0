import { type FindingKind, findingKinds } from '../../model/index.ts';
import { isAnsweredAlike } from '../render/alike.ts';
import {
  anyTextOperations,
  type FailedRequirement,
  keyRequired,
  noteOf,
  openOperationsOf,
  signatureVerified,
} from './open-operations.ts';

/** Requirements that may cause other failures; the plainest comes first. */
const plainest = [keyRequired, signatureVerified];
/** They observe what other requirements provoke, so they are never the plainer cause. */
const watchers = ['contract/no-server-error', 'contract/no-redirect'];

/** A failure, and if it is only a consequence, the id of its first cause. */
type ExplainedFailure<T> = T & {
  readonly consequenceOf: string | undefined;
  /** The cause gets the same wrong answer, perhaps on other operations. */
  readonly alike?: true;
};

/** The order of the failures, and a note if operations answer without any key. */
interface FailureOrder<T> {
  readonly failing: readonly ExplainedFailure<T>[];
  readonly note: string | undefined;
}

/**
 * Causes before consequences; otherwise the order stays.
 * An operation that answers without any key also accepts every forged key. Its missing check comes first, so that
 * nobody rewrites cryptography that works. If any text after Bearer is accepted, the signature that is not verified
 * comes before everything else that is accepted in this way. Only a failure that is as bad and affects more operations,
 * not counting those that answer without any key, comes before either.
 * If requirements fail with the same wrong answer, only the plainest is a cause.
 */
export function causesFirst<T extends FailedRequirement>(failing: readonly T[]): FailureOrder<T> {
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

function firstCause<T extends FailedRequirement>(fix: T, failing: readonly T[]): string | undefined {
  const chain = new Set<T>([fix]);
  const textTaken = anyTextOperations(failing);
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

/** Causes that fail with the same wrong answers become one cause, which then explains what each of them explained. */
function withAlike<T extends FailedRequirement>(
  all: readonly ExplainedFailure<T>[],
): readonly ExplainedFailure<T>[] {
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

function plainness({ requirement: { id } }: FailedRequirement): number {
  if (watchers.includes(id)) return plainest.length + 1;
  return plainest.includes(id) ? plainest.indexOf(id) : plainest.length;
}

function isPlain(cause: FailedRequirement, { requirement: { id } }: FailedRequirement): boolean {
  return cause.requirement.id === keyRequired || watchers.includes(id);
}

/** A failure that affects more operations than its explanation, or affects one worse, has a cause of its own. */
function explains(cause: FailedRequirement, { requirement, kind, hits }: FailedRequirement): boolean {
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

/** If any text is accepted, this is the only reason why a text after Bearer is accepted. */
function takesText(
  cause: FailedRequirement,
  { hits }: FailedRequirement,
  { operations, everywhere }: ReturnType<typeof anyTextOperations>,
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

/** The worst comes first; a failure without a kind comes last. */
export function rank(kind: FindingKind | undefined): number {
  return kind === undefined ? findingKinds.length : findingKinds.indexOf(kind);
}
