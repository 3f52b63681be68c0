import type { CellResult, ExchangeRecord, Timeline } from '../../model/index.ts';
import type { PreparedKeys } from '../key-control/preparations.ts';
import type { PlannedScenario } from '../matrix/expand.ts';
import type { Observer, OperationFinding } from './observer.ts';
import type { SentRequest } from './send.ts';
import type { Session } from './session.ts';

/** One cell and what was seen during it. */
export interface CellOutcome {
  readonly cell: CellResult;
  readonly records: readonly ExchangeRecord[];
  readonly observed: readonly OperationFinding[];
  readonly timeline?: Timeline;
}

/** What the cells of a scenario share. */
export interface CellContext {
  readonly session: Session;
  readonly planned: PlannedScenario;
  readonly keys: PreparedKeys | undefined;
  readonly observer: Observer;
}

/** The outcome with further requests as evidence. */
export function withEvidence(outcome: CellOutcome, sent: readonly SentRequest[]): CellOutcome {
  const records = sent.map(({ record }) => record);
  const exchanges = [...outcome.cell.exchanges, ...records.map(({ id }) => id)];
  return { ...outcome, cell: { ...outcome.cell, exchanges }, records: [...outcome.records, ...records] };
}
