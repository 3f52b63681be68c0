import { type AnyVerdict, type Mark, markOf } from '../../render/words.ts';
import type { ChangeKind, Comparison, RequirementPair } from '../model.ts';

interface SectionTitle {
  readonly title: string;
  /** The verdict that gives the section its symbol and colour. */
  readonly look: AnyVerdict;
  readonly holds: (pair: RequirementPair) => boolean;
}

/** The sections; what matters most to a reader comes first. The words depend on what is compared. */
export function sectionTitles({ sideBySide, old, new: now }: Comparison): SectionTitle[] {
  const [one, other] = namesOf(old, now);
  const title = (history: string, targets: string): string => (sideBySide ? targets : history);
  const is =
    (...kinds: ChangeKind[]) =>
    ({ change }: RequirementPair): boolean =>
      kinds.includes(change);
  const spreads = ({ change, consequence }: RequirementPair): boolean =>
    change === 'still-failing' && consequence === 'regression';
  return [
    { title: title('Newly failing', `Fails only on ${other}`), look: 'fail', holds: is('newly-failing') },
    {
      title: title('Still failing, now on more operations', `Fails on both, and on more of ${other}`),
      look: 'fail',
      holds: spreads,
    },
    {
      title: title('Still failing', 'Fails on both'),
      look: 'fail',
      holds: (pair) => pair.change === 'still-failing' && !spreads(pair),
    },
    {
      title: title('No longer decided', `Decided only on ${one}`),
      look: 'inconclusive',
      holds: is('no-longer-decided'),
    },
    {
      title: title('New warnings', `Warnings only on ${other}`),
      look: 'warn',
      holds: is('newly-warning'),
    },
    {
      title: title('Newly known, listed in the baseline', `Known only on ${other}, listed in the baseline`),
      look: 'known',
      holds: is('newly-known'),
    },
    {
      title: title('Newly passing', `Better on ${other}`),
      look: 'pass',
      holds: is('newly-passing'),
    },
    {
      title: title('Newly decided', `Decided only on ${other}`),
      look: 'pass',
      holds: is('newly-decided'),
    },
    {
      title: title('No longer applicable', `Applies only to ${one}`),
      look: 'not-applicable',
      holds: is('no-longer-applicable'),
    },
    { title: title('Unchanged warnings', 'Warnings on both'), look: 'warn', holds: is('still-warning') },
    { title: title('New', `Only in the report of ${other}`), look: 'not-tested', holds: is('new') },
    { title: title('Gone', `Only in the report of ${one}`), look: 'not-applicable', holds: is('gone') },
  ];
}

/** The names of the two sides. */
export function namesOf(old: Comparison['old'], now: Comparison['new']): readonly [string, string] {
  if (old.target !== now.target) return [old.target, now.target];
  return [old.implementation ?? 'the first', now.implementation ?? 'the second'];
}

/** "conformant" with its symbol. */
export function verdictWord(verdict: AnyVerdict): string {
  const { symbol, word } = markOf(verdict);
  return `${symbol} ${word}`;
}

const outcomes: Readonly<
  Record<Comparison['outcome'], readonly [look: AnyVerdict, history: string, targets: string]>
> = {
  regression: ['fail', 'Regression', 'The second is worse'],
  undecided: ['inconclusive', 'Undecided', 'Undecided'],
  'no-regression': ['pass', 'No regression', 'The second is not worse'],
};

/** The result as a symbol and words. */
export function outcomeMark({ outcome, sideBySide }: Comparison): Mark {
  const [look, history, targets] = outcomes[outcome];
  return { ...markOf(look), word: sideBySide ? targets : history };
}
