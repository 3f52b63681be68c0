import { because } from '../../model/index.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { procedureOutcome } from '../session/outcome.ts';

const reason = because('preflight-could-not-try');

/** Replaces the result of a procedure that the preflight runs, if the preflight could not run it. */
export async function preflightResult(context: CellContext): Promise<CellOutcome[]> {
  return context.planned.operations.map((operation) => procedureOutcome(context, operation, [], [], reason));
}
