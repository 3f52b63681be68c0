import type { CellResult, ExchangeRecord, Timeline } from '../model.ts';
import type { ObservedFinding } from './observer.ts';

/** One cell and what was seen on the way. */
export interface CellOutcome {
  readonly cell: CellResult;
  readonly records: readonly ExchangeRecord[];
  readonly observed: readonly ObservedFinding[];
  readonly timeline?: Timeline;
}
