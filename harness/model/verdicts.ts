/** The one order of verdicts: which there are, which is worse, and the exit code of a run. */

import type { Level } from './terms.ts';

/**
 * From worst to best: an undecided result never hides a failure, and a pass never hides an undecided result. Scenarios
 * that the run cannot test are ignored when a requirement is judged, so it is tested in part.
 */
export const requirementVerdicts = [
  'fail',
  'inconclusive',
  'not-tested',
  'known',
  'warn',
  'pass',
  'not-applicable',
] as const;
/** The verdict of a cell, a scenario or a requirement in a report; `known`: a failure that the baseline accepts. */
export type RequirementVerdict = (typeof requirementVerdicts)[number];

/** The verdict that the engine gives; it does not know the baseline. */
export type CellVerdict = Exclude<RequirementVerdict, 'known'>;
export const cellVerdicts = requirementVerdicts.filter(
  (verdict): verdict is CellVerdict => verdict !== 'known',
);

/** Verdicts that say something about the target; the others are undecided or do not apply. */
export const decidedVerdicts = [
  'fail',
  'known',
  'warn',
  'pass',
] as const satisfies readonly RequirementVerdict[];
export type DecidedVerdict = (typeof decidedVerdicts)[number];

export function isDecidedVerdict(verdict: RequirementVerdict): verdict is DecidedVerdict {
  return (decidedVerdicts as readonly RequirementVerdict[]).includes(verdict);
}

interface WithVerdict {
  readonly verdict: RequirementVerdict;
}

/** How bad a verdict is: 0 is the worst. */
export function badness(verdict: RequirementVerdict): number {
  return requirementVerdicts.indexOf(verdict);
}

/** The one with the worse verdict; the first if both are equal. */
export function worseOf<T extends WithVerdict>(one: T, other: T): T {
  return badness(other.verdict) < badness(one.verdict) ? other : one;
}

/** The worst verdict of several; undefined of none. */
export function worstVerdict(all: readonly WithVerdict[]): RequirementVerdict | undefined {
  return requirementVerdicts.find((verdict) => all.some((one) => one.verdict === verdict));
}

/** The verdict of findings: a failed SHOULD is a warning, or a failure if the run is strict. */
export function verdictOfFindings(
  findings: readonly { readonly level?: Level | undefined }[],
  level: Level,
  strict: boolean,
): CellVerdict {
  const levels = findings.map((finding) => finding.level ?? level);
  if (levels.length === 0) return 'pass';
  return strict || levels.includes('MUST') ? 'fail' : 'warn';
}

export const runVerdicts = ['conformant', 'nonconformant', 'inconclusive', 'partial'] as const;
export type RunVerdict = (typeof runVerdicts)[number];
export type ComparisonOutcome = 'regression' | 'undecided' | 'no-regression';
export type ExitCode = 0 | 1 | 2 | 3;

/** The exit codes of the command line, which are part of its contract. */
export const exitCodes = {
  conformant: 0,
  'no-regression': 0,
  /** A command without a verdict did what it was asked for. */
  done: 0,
  /** The certificate holds. */
  verified: 0,
  nonconformant: 1,
  regression: 1,
  /** The certificate does not hold. */
  refused: 1,
  inconclusive: 2,
  partial: 2,
  undecided: 2,
  /** The run itself is broken: wrong configuration, a fault of the suite, or nothing was sent. */
  broken: 3,
} as const satisfies Readonly<
  Record<RunVerdict | ComparisonOutcome | 'done' | 'verified' | 'refused' | 'broken', ExitCode>
>;
