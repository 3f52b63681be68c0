import { type ScenarioResult, selectionInWords } from '../model/index.ts';
import type { Report, RequirementReport, ScenarioReport } from '../model/report.ts';
import { isElsewhere } from './elsewhere.ts';
import { asClause, count } from './render/text.ts';
import { unlockInWords } from './render/unlocks.ts';

/** A requirement with some scenarios tested and some not tested. */
export interface TestedInPart {
  readonly tested: number;
  readonly of: number;
  /** Why the other scenarios were not tested, each reason once. */
  readonly reasons: readonly string[];
}

/**
 * Which part of a requirement was tested. Undefined if all of it was, or nothing. A scenario may need more than the
 * requirement does, such as replicas. Without it the other scenarios decide, and every rendering of the verdict says
 * so.
 */
export function testedInPart({
  scenarios,
}: {
  readonly scenarios: readonly ScenarioReport[];
}): TestedInPart | undefined {
  const applicable = scenarios.filter(({ id, verdict }) => verdict !== 'not-applicable' && !isElsewhere(id));
  const left = applicable.filter(({ verdict }) => verdict === 'not-tested');
  if (left.length === 0 || left.length === applicable.length) return undefined;
  const reasons = [...new Set(left.flatMap(({ reason }) => reason ?? []))];
  return { tested: applicable.length - left.length, of: applicable.length, reasons };
}

/** "2 of 3 scenarios tested: this run has no replicas". */
export function inPartInWords({ tested, of, reasons }: TestedInPart): string {
  const why = reasons.length === 0 ? '' : `: ${reasons.join('; ')}`;
  return `${tested} of ${of} scenarios tested${why}`;
}

/** True for a cell that sent a request, or would have sent one if the target had allowed it. */
export function wasTried({ verdict }: { readonly verdict: ScenarioReport['verdict'] }): boolean {
  return verdict !== 'not-applicable' && verdict !== 'not-tested';
}

/** What was tried: scenarios with at least one cell, and their cells. */
export function triedOf(scenarios: readonly Pick<ScenarioReport | ScenarioResult, 'cells'>[]): {
  readonly scenarios: number;
  readonly cells: number;
} {
  const cells = scenarios.map((scenario) => scenario.cells.filter(wasTried).length);
  return {
    scenarios: cells.filter((amount) => amount > 0).length,
    cells: cells.reduce((sum, amount) => sum + amount, 0),
  };
}

/** How far a run got. */
export interface Extent {
  readonly interrupted: boolean;
  /** What ended it, as a predicate; undefined if somebody interrupted it. */
  readonly why?: string | undefined;
  readonly results: readonly ScenarioResult[];
  /** Scenarios that were meant to run, and those of the whole catalogue. */
  readonly planned: number;
  readonly all: number;
  /** What `-g` selects. */
  readonly selection: string | undefined;
}

/** Why scenarios have no result, in one clause; undefined if all have one. */
export function leftOutOf({
  interrupted,
  why,
  results,
  planned,
  all,
  selection,
}: Extent): string | undefined {
  if (interrupted) {
    const ended = why ?? 'was interrupted';
    const done = triedOf(results).scenarios;
    const passedOver = results.length - done;
    return done === 0
      ? `the run ${ended} before any scenario ended`
      : `the run ${ended} after ${done} of ${planned - passedOver} scenarios`;
  }
  const done = results.length;
  if (done === all) return undefined;
  return selection === undefined
    ? `${count(all - done, 'scenario')} did not run`
    : `${selectionInWords(selection)} selects only a part`;
}

/** Why a run with `-g` tried none of the selected scenarios, and what to do; undefined if the reason is unknown. */
export function nothingTested(
  selection: string | undefined,
  requirements: readonly RequirementReport[],
  notTested: Report['notTested'],
): string | undefined {
  if (selection === undefined) return undefined;
  const selected = requirements
    .flatMap(({ scenarios }) => scenarios)
    .filter(({ reason, because }) => reason !== undefined && because?.code !== 'did-not-run');
  if (selected.length === 0) return undefined;
  const reasons = [...new Set(selected.map(({ reason }) => reason))].join('; ');
  if (selected.every(({ verdict }) => verdict === 'not-applicable')) {
    return `no scenario that ${selectionInWords(selection)} selects applies to this target: ${reasons}`;
  }
  const unlocks = notTested.map((entry) => asClause(unlockInWords(entry)));
  const next = unlocks.length === 0 ? '' : `; to test it, ${unlocks.join('; ')}`;
  return `the scenarios that ${selectionInWords(selection)} selects need something that is not configured: ${reasons}${next}`;
}
