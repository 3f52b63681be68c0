import { type BaselineEntry, type ScenarioResult, worstVerdict } from '../model/index.ts';
import type { CellReport, ScenarioReport } from '../model/report.ts';
import type { RunHeader } from '../model/run-header.ts';

/** The entries that are in force on the day the run began (UTC): those that have not expired. */
export function entriesInForce({ baseline, startedAt }: RunHeader): readonly BaselineEntry[] {
  return baseline?.entries.filter((entry) => !isExpired(entry, startedAt)) ?? [];
}

/** True if an entry covers the cell. */
export function isListed(
  entries: readonly BaselineEntry[],
  cell: { readonly requirement: string; readonly scenario: string; readonly operation: string },
): boolean {
  return entries.some(
    (entry) =>
      entry.requirement === cell.requirement &&
      (entry.scenario ?? cell.scenario) === cell.scenario &&
      (entry.operation ?? cell.operation) === cell.operation,
  );
}

/** The scenario with every listed deviation marked `known`; the other cells decide as before. */
export function withKnown(
  scenario: ScenarioReport,
  requirement: string,
  entries: readonly BaselineEntry[],
): ScenarioReport {
  const cells = scenario.cells.map((cell): CellReport => {
    const listed = isListed(entries, { requirement, scenario: scenario.id, operation: cell.operation });
    return deviates(cell) && listed ? { ...cell, verdict: 'known' } : cell;
  });
  if (!cells.some(({ verdict }) => verdict === 'known')) return scenario;
  return { ...scenario, cells, verdict: worstVerdict(cells) ?? scenario.verdict };
}

/** True if a scenario fails in a cell that no entry lists. */
export function failsUnlisted(
  { scenario, verdict, cells }: ScenarioResult,
  entries: readonly BaselineEntry[],
): boolean {
  if (verdict !== 'fail') return false;
  const requirement = scenario.slice(0, scenario.lastIndexOf('/'));
  return cells.some(
    (cell) =>
      cell.verdict === 'fail' && !isListed(entries, { requirement, scenario, operation: cell.operation }),
  );
}

/** True for a verdict that an entry may accept. */
export function deviates({ verdict }: CellReport): boolean {
  return verdict === 'fail' || verdict === 'warn' || verdict === 'known';
}

/** An entry holds to the end of its day in UTC. */
export function isExpired({ expires }: BaselineEntry, startedAt: number): boolean {
  return new Date(startedAt).toISOString().slice(0, 10) > expires;
}
