import type { ExchangeRecord, FindingKind } from '../../model.ts';
import type { CellContext, CellOutcome } from '../cell.ts';
import { isServerFailure, onceThen } from '../once-more.ts';
import { runProcedure } from './index.ts';

/** What no failure of a server explains. */
const standing: readonly FindingKind[] = ['let-in', 'leak', 'side-effect'];

/**
 * Runs the scenario's procedure, and once more where the server failed on one of its requests: what does not fail
 * again decides nothing, as in a cell. One outcome an operation.
 */
export async function runConfirmedProcedure(context: CellContext): Promise<CellOutcome[]> {
  const first = await runProcedure(context);
  if (first.every((outcome) => failureIn(outcome) === undefined)) return first;
  const again = await runProcedure(context);
  return first.map((outcome) => {
    const second = again.find(({ cell }) => cell.operation === outcome.cell.operation);
    return second === undefined ? outcome : decided(outcome, second);
  });
}

function decided(first: CellOutcome, second: CellOutcome): CellOutcome {
  const failure = failureIn(first);
  const stands = first.cell.findings.some(({ kind }) => standing.includes(kind));
  if (failure === undefined || failureIn(second) !== undefined || stands) return first;
  const { findings, exchanges } = second.cell;
  const failed = new Set(first.records.filter(fails).map(({ id }) => id));
  const open = findings.length === 0;
  const reason = onceThen(failure, 'no failure when all was done once more');
  return {
    ...second,
    cell: {
      ...second.cell,
      ...(open ? { verdict: 'inconclusive' as const, reason } : {}),
      exchanges: [...first.cell.exchanges, ...exchanges],
    },
    records: [...first.records, ...second.records],
    observed: [
      ...first.observed.filter(({ exchange, kind }) => kind === 'leak' || !failed.has(exchange ?? '')),
      ...second.observed,
    ],
  };
}

/** The status of the first failure of the server among the exchanges of an outcome. */
function failureIn({ records }: CellOutcome): number | undefined {
  return records.find(fails)?.response?.status;
}

function fails({ response }: ExchangeRecord): boolean {
  return isServerFailure(response?.status);
}
