import { figure } from './text.ts';

const keyRequired = 'presentation/key-required';
const namesShown = 3;

/** What the order depends on. */
interface Failing {
  readonly requirement: { readonly id: string };
  readonly kind: string | undefined;
  readonly hit: readonly string[];
}

/** The order of what fails, and a line about it where one failure is the reason of others. */
interface Ordered<T> {
  readonly failing: readonly T[];
  readonly note: string | undefined;
}

/**
 * An operation that answers without any key lets in every forged one too: the missing check of it comes first, so that
 * nobody rewrites cryptography that works.
 */
export function openDoorsFirst<T extends Failing>(failing: readonly T[]): Ordered<T> {
  const open = failing.find(({ requirement }) => requirement.id === keyRequired);
  if (open === undefined) return { failing, note: undefined };
  const others = failing.filter((fix) => fix !== open);
  const explained = others.filter(
    ({ kind, hit }) => kind === 'let-in' && hit.length > 0 && hit.every((name) => open.hit.includes(name)),
  );
  if (explained.length === 0) return { failing, note: undefined };
  const which =
    others.length === 1
      ? 'the other requirement fails'
      : `${figure(explained.length)} of the ${figure(others.length)} other requirements ${explained.length === 1 ? 'fails' : 'fail'}`;
  return {
    failing: [open, ...others],
    note: `${which} only on ${namesOf(open.hit)}, which ${open.hit.length === 1 ? 'answers' : 'answer'} without any key: fix ${keyRequired} first`,
  };
}

function namesOf(operations: readonly string[]): string {
  const more = operations.length - namesShown;
  const shown = operations.slice(0, namesShown).join(', ');
  return more > 0 ? `${shown} and ${figure(more)} more` : shown;
}
