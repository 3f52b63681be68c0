import type { Report } from '../../model/report.ts';
import type { Comparison, RequirementPair } from './model.ts';

/** The result of a comparison and its reason, in one sentence. */
export function outcomeOf(
  pairs: readonly RequirementPair[],
  now: Report,
  sideBySide: boolean,
  gone: readonly string[],
): Pick<Comparison, 'outcome' | 'reason'> {
  const worse = pairs.filter(({ consequence }) => consequence === 'regression');
  const [first] = worse;
  if (first !== undefined) {
    const where = sideBySide ? 'on the second target' : 'now';
    const than = sideBySide ? 'not on the first' : 'not before';
    const what = worse.length === 1 ? `${first.id} fails` : `${first.id} and ${worse.length - 1} more fail`;
    return { outcome: 'regression', reason: `${what} ${where} and ${than}` };
  }
  if (now.cause !== undefined) return { outcome: 'undecided', reason: now.cause };
  const lost = pairs.filter(({ consequence }) => consequence === 'undecided');
  if (lost.length > 0) {
    const what = lost.length === 1 ? `${lost[0]?.id} was` : `${lost.length} requirements were`;
    const when = sideBySide ? 'on the first target and not on the second' : 'before and not now';
    return { outcome: 'undecided', reason: `${what} decided ${when}` };
  }
  if (gone.length > 0) {
    const [verb, them] = gone.length === 1 ? ['was', 'is'] : ['were', 'are'];
    return { outcome: 'undecided', reason: `${gone.join(', ')} ${verb} there before and ${them} absent now` };
  }
  return { outcome: 'no-regression', reason: allClear(pairs, sideBySide) };
}

/** Nothing got worse; says which part of this is due only to the baseline. */
function allClear(pairs: readonly RequirementPair[], sideBySide: boolean): string {
  const nothing = sideBySide
    ? 'nothing fails on the second target that passes on the first'
    : 'nothing fails that did not fail before';
  const listed = pairs.some(({ change }) => change === 'newly-known');
  const [first, ...others] = pairs.filter(({ unexcused }) => unexcused !== undefined);
  const what = others.length === 0 ? first?.id : `${first?.id} and ${others.length} more`;
  const excuse = sideBySide
    ? `the baseline excuses ${what} on the first target only`
    : `the baseline no longer excuses ${what}`;
  return `${nothing}${listed ? ', except what the baseline lists' : ''}${first === undefined ? '' : `; ${excuse}`}`;
}
