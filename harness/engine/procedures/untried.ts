import { because } from '../../model/index.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { procedureOutcome } from '../session/outcome.ts';

const reason = because('first-look-could-not-try');

/** Stands for what the preflight tries and has the result of, in a run in which it could not. */
export async function untried(context: CellContext): Promise<CellOutcome[]> {
  return context.planned.operations.map((operation) => procedureOutcome(context, operation, [], [], reason));
}
