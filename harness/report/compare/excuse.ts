import type { Report } from '../../model/report.ts';
import { isListed } from '../baseline.ts';
import type { RequirementPair } from './model.ts';

/**
 * Why the baseline of the second run no longer accepts a failure that was known; undefined if it accepts all of them.
 */
export function lostExcuse(
  { id: requirement, scenarios }: RequirementPair,
  { baseline }: Report,
  sideBySide: boolean,
): string | undefined {
  const cells = scenarios.flatMap(({ id: scenario, cells: pairs }) =>
    pairs
      .filter(
        ({ old, new: now }) => old?.verdict === 'known' && ['fail', 'warn'].includes(now?.verdict ?? ''),
      )
      .map(({ operation }) => ({ requirement, scenario, operation })),
  );
  if (cells.length === 0) return undefined;
  const words = sideBySide
    ? 'the baseline excuses it on the first target only'
    : 'the baseline no longer excuses it';
  const expired = baseline?.entries.filter(
    (entry) => entry.state === 'expired' && cells.some((cell) => isListed([entry], cell)),
  );
  return `${words}: ${whyOf(expired)}`;
}

function whyOf(expired: readonly { readonly expires: string; readonly owner: string }[] | undefined): string {
  if (expired === undefined) return 'the second run has no baseline';
  if (expired.length === 0) return 'no entry lists it now';
  const days = expired.map(({ expires, owner }) => `${expires} (${owner})`).join(' and ');
  return expired.length === 1 ? `its entry ended on ${days}` : `its entries ended on ${days}`;
}
