import type { FindingKind } from '../../model/index.ts';
import type { Comparable } from '../render/alike.ts';
import { figure } from '../render/text.ts';

export const keyRequired = 'presentation/key-required';
/**
 * Has scenarios of many kinds. If one of them passes, a forged key that is accepted in another has a reason of its own.
 */
export const signatureVerified = 'token/signature-verified';
/** Sends texts that are nothing like a key. */
const placeholdersRejected = 'presentation/placeholders-rejected';
const namesShown = 3;

/** What is needed to find open operations. */
export interface FailedRequirement extends Comparable {
  readonly requirement: { readonly id: string; readonly explainedBy?: readonly string[] | undefined };
  readonly kind: FindingKind | undefined;
  /** Operations on which nothing of the requirement passed. */
  readonly hitThroughout: readonly string[];
}

/** Operations that are open to everybody, and the requirement whose fix closes them. */
export interface OpenOperations {
  readonly cause: string;
  readonly operations: readonly string[];
  /** What one of them does, and what several of them do. */
  readonly does: readonly [one: string, several: string];
}

/** The open operations of a run, the plainest case first: no key is needed, or any text is accepted as a key. */
export function openOperationsOf(failing: readonly FailedRequirement[]): readonly OpenOperations[] {
  const open = failing.find(({ requirement }) => requirement.id === keyRequired);
  const withoutKey: OpenOperations = {
    cause: keyRequired,
    operations: open === undefined ? [] : letInOn(open, [...open.hits.keys()]),
    does: ['answers without any key', 'answer without any key'],
  };
  const withAnyText: OpenOperations = {
    cause: signatureVerified,
    operations: anyTextOperations(failing).operations,
    does: ['accepts any text after Bearer', 'accept any text after Bearer'],
  };
  return withAnyText.operations.length === 0 ? [withoutKey] : [withoutKey, withAnyText];
}

/** Operations that accept any text; `everywhere`: all operations that were tried do, so there is no counterexample. */
interface AnyTextOperations {
  readonly operations: readonly string[];
  readonly everywhere: boolean;
}

/**
 * Operations that accept forged keys of every kind, and every text that does not even look like a key. They do not read
 * the key, so permissions and projects mean nothing there.
 */
export function anyTextOperations(failing: readonly FailedRequirement[]): AnyTextOperations {
  const [texts, forged] = [placeholdersRejected, signatureVerified].map((id) =>
    failing.find(({ requirement }) => requirement.id === id),
  );
  if (texts === undefined || forged === undefined) return { operations: [], everywhere: false };
  const accepted = new Set(letInOn(texts, texts.hitThroughout));
  const operations = letInOn(forged, forged.hitThroughout);
  return {
    operations: operations.filter((operation) => accepted.has(operation)),
    everywhere: accepted.size === texts.tried && operations.length === forged.tried,
  };
}

function letInOn({ hits }: FailedRequirement, operations: readonly string[]): readonly string[] {
  return operations.filter((operation) => hits.get(operation)?.worst === 'let-in');
}

/** Names open operations, and says how many of the other failures occur only on them. */
export function noteOf(
  { cause, operations, does }: OpenOperations,
  consequences: readonly (FailedRequirement & { readonly consequenceOf: string | undefined })[],
  others: number,
): string | undefined {
  const explained = consequences.filter(
    (fix) =>
      fix.consequenceOf === cause &&
      [...fix.hits.keys()].every((operation) => operations.includes(operation)),
  ).length;
  if (explained === 0) return undefined;
  const which =
    others === 1
      ? 'the other requirement fails'
      : `${figure(explained)} of the ${figure(others)} other requirements ${explained === 1 ? 'fails' : 'fail'}`;
  return `${which} only on ${namesOf(operations)}, which ${does[operations.length === 1 ? 0 : 1]}: fix ${cause} first`;
}

function namesOf(operations: readonly string[]): string {
  const more = operations.length - namesShown;
  const shown = operations.slice(0, namesShown).join(', ');
  return more > 0 ? `${shown} and ${figure(more)} more` : shown;
}
