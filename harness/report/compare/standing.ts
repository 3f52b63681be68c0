import type { Level, RequirementVerdict } from '../../model/index.ts';

/** A verdict reduced to what a comparison needs. */
export type Standing = 'failing' | 'warned' | 'kept' | 'open' | 'inapplicable';

const standings: Readonly<Record<RequirementVerdict, Standing>> = {
  fail: 'failing',
  known: 'failing',
  warn: 'warned',
  pass: 'kept',
  inconclusive: 'open',
  'not-tested': 'open',
  'not-applicable': 'inapplicable',
};

/** A SHOULD is at most a warning: whether it fails depends on `--strict` of the run, not on the target. */
export function standingOf(verdict: RequirementVerdict, level: Level): Standing {
  const standing = standings[verdict];
  return level === 'SHOULD' && standing === 'failing' ? 'warned' : standing;
}

/** True if the outcome says something about the target. */
export function isDecided(standing: Standing): boolean {
  return standing === 'failing' || standing === 'warned' || standing === 'kept';
}

/** How far the outcome deviates from the contract. */
export function severity(standing: Standing): number {
  return standing === 'failing' ? 2 : standing === 'warned' ? 1 : 0;
}

/** How an outcome deviates more than before; what the baseline lists does not count. */
export type Worsening = 'fails' | 'warns';

/** Undefined if it does not deviate more than before. */
export function worsening(
  level: Level,
  old: RequirementVerdict,
  now: RequirementVerdict,
): Worsening | undefined {
  const is = standingOf(now, level);
  if (now === 'known' || severity(is) <= severity(standingOf(old, level))) return undefined;
  return is === 'failing' ? 'fails' : 'warns';
}

/** The worst of several. */
export function worstOf(all: readonly (Worsening | undefined)[]): Worsening | undefined {
  return all.includes('fails') ? 'fails' : all.find((one) => one !== undefined);
}
