import { defined } from '../../model/defined.ts';
import { type Level, worseOf } from '../../model/index.ts';
import type { CellReport, ExchangeReport, Report, ScenarioReport } from '../../model/report.ts';
import { answererOf } from '../render/answerer.ts';
import type { CellPair, CellSide } from './model.ts';
import { regressionOf } from './standing.ts';

export type Exchanges = ReadonlyMap<string, ExchangeReport>;

/** The exchanges of a report, by id. */
export function exchangesOf({ exchanges }: Report): Exchanges {
  return new Map(exchanges.map((exchange) => [exchange.id, exchange]));
}

/** A scenario with the exchanges of its report. */
export interface ScenarioSide {
  readonly scenario: ScenarioReport;
  readonly exchanges: Exchanges;
  /** Only cells with findings are listed; a missing cell passed. */
  readonly onlyFindings: boolean;
}

/** Every operation of both sides; operations of the new side come first. */
export function pairCells(
  level: Level,
  old: ScenarioSide | undefined,
  now: ScenarioSide | undefined,
): CellPair[] {
  const [olds, news] = [sidesOf(old), sidesOf(now)];
  return [...new Set([...news.keys(), ...olds.keys()])].map((operation) => {
    const was = olds.get(operation) ?? silent(old);
    const is = news.get(operation) ?? silent(now);
    // An operation without a cell showed no failure, like one that the target does not have.
    const before = was?.verdict ?? (old && 'not-applicable');
    const worse = before && is && regressionOf(level, before, is.verdict);
    return {
      operation,
      ...defined({ old: was, new: is, worse }),
    };
  });
}

function silent(told: ScenarioSide | undefined): CellSide | undefined {
  return told?.onlyFindings === true ? { verdict: 'pass', answers: [], messages: [] } : undefined;
}

function sidesOf(told: ScenarioSide | undefined): Map<string, CellSide> {
  const sides = new Map<string, CellSide>();
  for (const cell of told?.scenario.cells ?? []) {
    const one = sideOf(cell, told?.exchanges ?? new Map());
    const other = sides.get(cell.operation);
    sides.set(cell.operation, other === undefined ? one : joined(one, other));
  }
  return sides;
}

function sideOf({ verdict, findings, exchanges: ids }: CellReport, exchanges: Exchanges): CellSide {
  const answers = ids.flatMap((id) => {
    const exchange = exchanges.get(id);
    return exchange?.response?.status.toString() ?? exchange?.failure?.kind ?? [];
  });
  const notes = new Set(ids.flatMap((id) => answererOf(exchanges.get(id) ?? {})));
  return {
    verdict,
    answers: [...new Set(answers)].sort(),
    messages: [...new Set(findings.map(({ message }) => message))],
    ...(notes.size === 0 ? {} : { notes: [...notes] }),
  };
}

/** A procedure may judge an operation more than once; the worst verdict counts. */
function joined(one: CellSide, other: CellSide): CellSide {
  const notes = new Set([...(one.notes ?? []), ...(other.notes ?? [])]);
  return {
    verdict: worseOf(one, other).verdict,
    answers: [...new Set([...one.answers, ...other.answers])].sort(),
    messages: [...new Set([...other.messages, ...one.messages])],
    ...(notes.size === 0 ? {} : { notes: [...notes] }),
  };
}
