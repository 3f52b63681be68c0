import type { CellContext, CellOutcome } from '../session/cell.ts';
import { procedureOutcome } from '../session/outcome.ts';

const reason =
  'it is tried at the first look, which found no operation or no key control to try it with; see the log of the target';

/** Stands for what the first look tries and has the result of, in a run in which it could not. */
export async function untried(context: CellContext): Promise<CellOutcome[]> {
  return context.planned.operations.map((operation) => procedureOutcome(context, operation, [], [], reason));
}
