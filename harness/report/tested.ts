import type { ScenarioResult } from '../model/index.ts';
import type { ScenarioReport } from '../model/report.ts';

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
  const applicable = scenarios.filter(
    ({ id, verdict }) => verdict !== 'not-applicable' && !id.endsWith('/elsewhere'),
  );
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
