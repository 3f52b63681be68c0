import {
  type CellResult,
  type Level,
  type ScenarioResult,
  summarise,
  verdictOfFindings,
  whyOf,
} from '../model/index.ts';

/** What is needed to derive the verdicts of a result. */
export interface Measure {
  readonly level: Level;
  readonly strict: boolean;
}

/**
 * A result with verdicts that are derived from its findings and cells, whatever it says itself. A result without cells
 * was not tried and keeps its reason.
 */
export function derivedResult(result: ScenarioResult, measure: Measure): ScenarioResult {
  if (result.cells.length === 0) return result;
  const cells = result.cells.map((cell) => derivedCell(cell, measure));
  const summary = summarise(cells);
  const { reason: _reason, because: _because, ...rest } = result;
  return {
    ...rest,
    cells,
    verdict: summary.verdict,
    ...whyOf(summary.verdict === result.verdict ? result : summary),
  };
}

/** Findings decide. Without findings a cell may say why it decided nothing. */
function derivedCell(cell: CellResult, { level, strict }: Measure): CellResult {
  if (cell.findings.length === 0) return cell;
  return { ...cell, verdict: verdictOfFindings(cell.findings, level, strict) };
}

/** What no run would write about a result, as words that follow its id; undefined if nothing. */
export function damageOf({ verdict, cells }: ScenarioResult): string | undefined {
  const decided = verdict === 'pass' || verdict === 'warn' || verdict === 'fail';
  if (decided && cells.length === 0) return 'has a verdict but no cells';
  const operations = cells.map(({ operation }) => operation);
  const twice = operations.find((id, index) => operations.indexOf(id) !== index);
  return twice === undefined ? undefined : `has two cells of ${twice}`;
}
