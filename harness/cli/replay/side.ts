import { join } from 'node:path';
import { NotReadable } from '../../model/index.ts';
import type { CellReport, ExchangeReport, Report, ScenarioReport } from '../../model/report.ts';
import { targetInWords } from '../../report/compare/sides.ts';
import { blockOf, triedOperations } from '../../report/findings/failure.ts';
import { NotAReport, readReportFile } from '../../report/parse.ts';
import { count, dateInWords, oneLine } from '../../report/render/text.ts';

/** The result of a scenario in one run. */
export interface ScenarioSide {
  readonly verdict: ScenarioReport['verdict'];
  /** The answers, or why nothing was decided, in one line. */
  readonly outcome: string;
  readonly cells: readonly CellReport[];
  /** Every exchange of the run, by id. */
  readonly exchanges: ReadonlyMap<string, ExchangeReport>;
  readonly scenario: ScenarioReport;
  readonly startedAt: string;
  readonly target: string;
}

/**
 * What a report says about a scenario, on one of its operations or on all; undefined if the report does not have it.
 */
export function scenarioSideOf(report: Report, id: string, operation?: string): ScenarioSide | undefined {
  const requirement = report.requirements.find(({ scenarios }) => scenarios.some((one) => one.id === id));
  const whole = requirement?.scenarios.find((one) => one.id === id);
  if (requirement === undefined || whole === undefined) return undefined;
  const cells = whole.cells.filter((cell) => operation === undefined || cell.operation === operation);
  const [only] = cells;
  if (operation !== undefined && whole.cells.length > 0 && only === undefined) return undefined;
  const scenario =
    operation === undefined || only === undefined ? whole : { ...whole, cells, verdict: only.verdict };
  const exchanges = new Map(report.exchanges.map((exchange) => [exchange.id, exchange]));
  const block = blockOf(scenario, requirement, exchanges);
  const answers = cells.flatMap((cell) => cell.exchanges).flatMap((one) => exchanges.get(one) ?? []);
  const outcome = block?.actual ?? only?.reason ?? scenario.reason ?? answersOf(answers);
  return {
    verdict: scenario.verdict,
    outcome: `${oneLine(outcome)}${reachOf(scenario, block?.hit)}`,
    ...{ cells, exchanges, scenario },
    startedAt: dateInWords(report.startedAt),
    target: targetInWords(report),
  };
}

function reachOf(scenario: ScenarioReport, hit: readonly string[] | undefined): string {
  const tried = new Set(triedOperations(scenario)).size;
  if (tried === 0) return '';
  return ` (${hit === undefined ? '' : `${hit.length} of `}${count(tried, 'operation')})`;
}

/** Each answer once: "200, 401". */
export function answersOf(exchanges: readonly ExchangeReport[]): string {
  const answers = exchanges.map(({ response, failure }) =>
    String(response?.status ?? failure?.kind ?? 'no response'),
  );
  return [...new Set(answers)].join(', ') || 'nothing was sent';
}

/** The exchanges of a cell; those that show a finding come first. */
export function exchangesOn({ cells, exchanges }: ScenarioSide, operation: string): ExchangeReport[] {
  const own = cells.filter((cell) => cell.operation === operation);
  const named = own.flatMap(({ findings }) => findings.flatMap(({ exchange }) => exchange ?? []));
  const ids = new Set([...named, ...own.flatMap((cell) => cell.exchanges)]);
  return [...ids].flatMap((id) => exchanges.get(id) ?? []);
}

/** The report of an earlier run in a folder, or why there is none to show. */
export function earlierReport(folder: string): Report | string {
  const path = join(folder, 'report.json');
  try {
    return readReportFile(path);
  } catch (error) {
    if (error instanceof NotAReport) return oneLine(error.message).replace(/\.$/, '');
    if (!(error instanceof NotReadable)) throw error;
    return error.code === 'ENOENT'
      ? `there is no report in ${oneLine(folder)}`
      : `${oneLine(path)} cannot be read (${error.why})`;
  }
}
