import { isSuccess, type Operation } from '../../model/index.ts';
import { type CellContext, type CellOutcome, withEvidence } from './cell-outcome.ts';
import { type SendSpec, send, statusOf } from './send.ts';

const safe = ['GET', 'HEAD'];

/**
 * A path of a write may have a read as well that the document does not know. If the read key gets a success there with
 * the same method, but without a body and without anything that names another method, then the success of the cell is
 * no sign of a write. `specOf` builds the request of a cell.
 */
export async function withoutOwnReads(
  context: CellContext,
  outcomes: readonly CellOutcome[],
  specOf: (operation: Operation) => SendSpec,
): Promise<readonly CellOutcome[]> {
  const { session, planned } = context;
  const { method = '', key, expect } = planned.scenario;
  if (key !== 'read' || expect !== 'no way in' || !safe.includes(method)) return outcomes;
  return Promise.all(
    outcomes.map(async (outcome, index) => {
      const operation = planned.operations[index];
      const isIn = outcome.cell.findings.some(({ kind }) => kind === 'let-in');
      if (operation === undefined || !isIn) return outcome;
      const plain = await send(session, { ...specOf(operation), present: undefined, withoutBody: true });
      const looked = withEvidence(outcome, [plain]);
      if (!isSuccess(statusOf(plain))) return looked;
      const findings = looked.cell.findings.filter(({ kind }) => kind !== 'let-in');
      const verdict = findings.length === 0 ? 'pass' : looked.cell.verdict;
      return { ...looked, cell: { ...looked.cell, verdict, findings } };
    }),
  );
}
