import { defined } from '../../model/defined.ts';
import type { Report } from '../../model/report.ts';
import { isEmbedded } from '../older-reports.ts';
import { count, figure } from '../render/text.ts';
import type { RunSide } from './model.ts';

/** What is shown of one run next to another. */
export function runSideOf(report: Report): RunSide {
  const { runId, startedAt, verdict, reason, options, suite, cause, target } = report;
  const { implementation } = target;
  return {
    target: targetInWords(report),
    ...(implementation === undefined ? {} : { implementation: implementationOf(report) }),
    runId,
    startedAt,
    verdict,
    reason,
    options,
    suite,
    ...defined({ cause }),
  };
}

/** The embedded reference server listens on another port in each run, but it is the same target. */
export function targetInWords(report: Report): string {
  return isEmbedded(report) ? 'the embedded reference server' : report.target.baseUrl;
}

/**
 * Two different targets, not one at two times. Only the address decides, whatever key control calls the deployment
 * behind it.
 */
export function areTwoTargets(old: Report, now: Report): boolean {
  return targetInWords(old) !== targetInWords(now);
}

/** The operations that the first run found and the second does not. */
export function goneOperations(old: Pick<Report, 'target'>, now: Pick<Report, 'target'>): string[] {
  const having = ({ target }: Pick<Report, 'target'>, ...without: readonly string[]): string[] =>
    target.operations.filter(({ availability }) => !without.includes(availability)).map(({ id }) => id);
  // A mode in which valid keys send no writes did not check whether these operations exist.
  const still = new Set(having(now, 'absent'));
  return having(old, 'absent', 'unknown').filter((id) => !still.has(id));
}

/** What limits a comparison, one sentence each. */
export function comparisonLimits(old: Report, now: Report): string[] {
  const notes: string[] = [];
  const differs = (what: string, one: string, other: string): void => {
    if (one !== other) notes.push(`${what}: ${one} before, ${other} now`);
  };
  if (old.runId === now.runId) notes.push('both reports are of the same run');
  if (old.startedAt > now.startedAt && !areTwoTargets(old, now))
    notes.push('the second report is older than the first');
  if (old.interrupted) notes.push('the first run was interrupted');
  if (now.interrupted) notes.push('the second run was interrupted');
  if (old.suite.catalogueDigest !== now.suite.catalogueDigest) {
    const [one, other] = [old, now].map(({ suite }) => suite.catalogueDigest.slice(0, 15));
    notes.push(
      `the catalogues differ (${one} and ${other}): what is new, gone or worded differently says nothing about the target`,
    );
  }
  differs('the suite version differs', old.suite.version, now.suite.version);
  differs('the operations in --without differ', claimsOf(old), claimsOf(now));
  const gone = goneOperations(old, now);
  if (gone.length > 0) notes.push(`only the first has ${gone.join(', ')}`);
  if (!areTwoTargets(old, now)) {
    differs('the implementation differs', implementationOf(old), implementationOf(now));
  }
  for (const name of ['depth', 'mode'] as const) {
    differs(`the option --${name} differs`, old.options[name], now.options[name]);
  }
  differs('the claimed profiles differ', old.options.profiles.join(), now.options.profiles.join());
  differs('the selection -g differs', old.options.selection ?? 'all', now.options.selection ?? 'all');
  differs('the option --strict differs', strictness(old), strictness(now));
  const fewer = fewerCells(old, now);
  return fewer === undefined ? notes : [...notes, fewer];
}

/** What the second run left out says nothing about the target, so the comparison says so if it is more than a tenth. */
function fewerCells(old: Report, now: Report): string | undefined {
  const [before, after] = [old.counts.cells, now.counts.cells];
  if (after * 10 >= before * 9) return undefined;
  return areTwoTargets(old, now)
    ? `the second run tested ${count(after, 'cell')}, the first ${figure(before)}`
    : `tested ${count(after, 'cell')}, ${figure(before)} before`;
}

function implementationOf({ target: { implementation } }: Report): string {
  return implementation === undefined ? 'unknown' : `${implementation.name} ${implementation.version}`;
}

function claimsOf({ target }: Report): string {
  const claimed = target.operations.filter(({ claimedAbsent }) => claimedAbsent === true);
  return claimed.map(({ id }) => id).join(', ') || 'none';
}

function strictness({ options }: Report): string {
  return options.strict ? 'strict' : 'not strict';
}
