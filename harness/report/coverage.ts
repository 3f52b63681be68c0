import { type ScenarioResult, selectionInWords } from '../model/index.ts';
import type { Report, RequirementReport, ScenarioReport } from '../model/report.ts';
import { isElsewhere } from './elsewhere.ts';
import { asClause, count } from './render/text.ts';
import { unlockInWords } from './render/unlocks.ts';

/** A requirement of which some scenarios were tested and some were not. */
export interface TestedInPart {
  readonly tested: number;
  readonly of: number;
  /** Why the others were not, each reason once. */
  readonly reasons: readonly string[];
}

/**
 * What of a requirement was tested, where that is not all that applies to the target; undefined where all of it was,
 * or nothing. What a scenario alone needs, such as replicas, goes beyond the sentence of the requirement: without it
 * the requirement is judged by the rest, and everybody who shows its verdict says so.
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

/** True for a cell that something was sent for, or would have been if the target had let it. */
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

/** How far a run came. */
export interface Extent {
  readonly interrupted: boolean;
  /** What ended it, as a predicate; absent where somebody did. */
  readonly why?: string | undefined;
  readonly results: readonly ScenarioResult[];
  /** Scenarios that were to run, and those of the whole catalogue. */
  readonly planned: number;
  readonly all: number;
  /** What `-g` selects. */
  readonly selection: string | undefined;
}

/** Why scenarios have no result, in one clause; undefined: all have one. */
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

/** Why a run that was to try only what `-g` selects tried nothing, and what to do; undefined where nobody can say. */
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
