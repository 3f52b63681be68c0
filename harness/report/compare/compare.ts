import { type ExitCode, exitCodes } from '../../model/index.ts';
import type { Report } from '../../model/report.ts';
import { fixesOf } from '../findings/ranking.ts';
import { answerChanges } from './answers.ts';
import { exchangesOf } from './cells.ts';
import { lostExcuse } from './excuse.ts';
import { type ChangeKind, type Comparison, changeKinds, type RequirementPair } from './model.ts';
import { outcomeOf } from './outcome.ts';
import { cellChanged, pairRequirement, type RequirementSide, scenarioChanged } from './requirement.ts';
import { areTwoTargets, comparisonLimits, goneOperations, runSideOf } from './sides.ts';

/**
 * Compares the second report with the first. A regression is a MUST that fails now and did not fail before, or that now
 * fails in another scenario or on another operation. What the baseline of the second run lists is not a regression.
 * With `strict`, or if the second run was strict, a SHOULD counts as well.
 */
export function compareReports(old: Report, now: Report, options: { readonly strict: boolean }): Comparison {
  const strict = options.strict || now.options.strict;
  const [before, after] = [halvesOf(old), halvesOf(now)];
  const causes = causesOf(now);
  const sideBySide = areTwoTargets(old, now);
  const alike = !sideBySide && isAlike(old, now);
  const sameCatalogue = old.suite.catalogueDigest === now.suite.catalogueDigest;
  const pairs = [...new Set([...causes.keys(), ...after.keys(), ...before.keys()])]
    .flatMap(
      (id) =>
        pairRequirement(before.get(id), after.get(id), {
          strict,
          fixFirst: causes.get(id),
          alike,
          sameCatalogue,
        }) ?? [],
    )
    .map((pair): RequirementPair => {
      const unexcused = lostExcuse(pair, now, sideBySide);
      return unexcused === undefined ? pair : { ...pair, unexcused };
    });
  const gone = sideBySide ? [] : goneOperations(old, now);
  const { outcome, reason } = outcomeOf(pairs, now, sideBySide, gone);
  return {
    schemaVersion: '1.0',
    outcome,
    reason,
    old: runSideOf(old),
    new: runSideOf(now),
    sideBySide,
    notes: comparisonLimits(old, now),
    counts: countsOf(pairs),
    requirements: pairs.map((pair) => ({
      ...pair,
      scenarios: pair.scenarios
        .filter(scenarioChanged)
        .map((scenario) => ({ ...scenario, cells: scenario.cells.filter(cellChanged) })),
    })),
    answers: answerChanges(pairs),
  };
}

/** Both runs were meant to try the same operations. */
function isAlike({ options: one }: Report, { options: other }: Report): boolean {
  return one.depth === other.depth && one.mode === other.mode && one.selection === other.selection;
}

/** The exit code of a comparison. */
export function exitCodeOfComparison({ outcome }: Comparison): ExitCode {
  return exitCodes[outcome];
}

function halvesOf(report: Report): Map<string, RequirementSide> {
  const exchanges = exchangesOf(report);
  return new Map(report.requirements.map((requirement) => [requirement.id, { requirement, exchanges }]));
}

/** What fails, in the order of the report, with the requirement to fix before a consequence. */
function causesOf(report: Report): Map<string, string | undefined> {
  return new Map(fixesOf(report).failing.map((fix) => [fix.requirement.id, fix.consequenceOf]));
}

function countsOf(pairs: readonly RequirementPair[]): Record<ChangeKind, number> {
  const counts = Object.fromEntries(changeKinds.map((kind) => [kind, 0])) as Record<ChangeKind, number>;
  for (const { change } of pairs) counts[change] += 1;
  return counts;
}
