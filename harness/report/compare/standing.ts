import type { Level, RequirementVerdict } from '../../model/index.ts';

/** A verdict reduced to what a comparison needs. */
export type ComparedVerdict = 'failing' | 'warned' | 'kept' | 'open' | 'inapplicable';

const comparedVerdicts: Readonly<Record<RequirementVerdict, ComparedVerdict>> = {
  fail: 'failing',
  known: 'failing',
  warn: 'warned',
  pass: 'kept',
  inconclusive: 'open',
  'not-tested': 'open',
  'not-applicable': 'inapplicable',
};

/** A SHOULD is at most a warning: whether it fails depends on `--strict` of the run, not on the target. */
export function comparedVerdict(verdict: RequirementVerdict, level: Level): ComparedVerdict {
  const standing = comparedVerdicts[verdict];
  return level === 'SHOULD' && standing === 'failing' ? 'warned' : standing;
}

/** True if the outcome says something about the target. */
export function isDecided(standing: ComparedVerdict): boolean {
  return standing === 'failing' || standing === 'warned' || standing === 'kept';
}

/** How far the outcome deviates from the contract. */
export function severity(standing: ComparedVerdict): number {
  return standing === 'failing' ? 2 : standing === 'warned' ? 1 : 0;
}

/** How an outcome deviates more than before; what the baseline lists does not count. */
export type Regression = 'fails' | 'warns';

/** Undefined if it does not deviate more than before. */
export function regressionOf(
  level: Level,
  old: RequirementVerdict,
  now: RequirementVerdict,
): Regression | undefined {
  const is = comparedVerdict(now, level);
  if (now === 'known' || severity(is) <= severity(comparedVerdict(old, level))) return undefined;
  return is === 'failing' ? 'fails' : 'warns';
}

/** The worst of several. */
export function worstRegression(all: readonly (Regression | undefined)[]): Regression | undefined {
  return all.includes('fails') ? 'fails' : all.find((one) => one !== undefined);
}
