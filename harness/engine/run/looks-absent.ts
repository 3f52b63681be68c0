import { because } from '../../model/index.ts';
import type { CellOutcome } from '../session/cell.ts';
import type { SessionState } from '../session/session-state.ts';
import { stands } from '../verdict/judgement.ts';

/** Possible answers of a path that does not exist: no key, no such path, no such method. */
const saysNothing = [401, 404, 405, 501];

/**
 * An operation that looks absent but is not claimed absent is still tested. An answer like that of a path that does not
 * exist proves nothing. An answer that no missing operation gives is judged.
 */
export function unlessAbsent(state: SessionState, outcome: CellOutcome): CellOutcome {
  const { cell, records, observed } = outcome;
  const found = state.operations.find(({ operation }) => operation.id === cell.operation);
  if (found?.unclaimed !== true || cell.findings.some(stands)) return outcome;
  const own = records.filter(({ operation = cell.operation }) => operation === cell.operation);
  const isSilent = own.every(
    ({ operation, response }) =>
      response !== undefined &&
      // If the operation does not exist, made-up methods and paths may get any answer.
      (operation === undefined || isUnknown(response.status, state)),
  );
  if (!isSilent) return outcome;
  const why = because('looks-absent', { operation: cell.operation });
  return {
    ...outcome,
    cell: { ...cell, verdict: 'not-applicable', because: why, findings: [] },
    observed: observed.filter((finding) => finding.operation !== cell.operation || stands(finding)),
  };
}

/** True if a path that does not exist may have this status. */
export function isUnknown(
  status: number | undefined,
  { unknownPath }: Pick<SessionState, 'unknownPath'>,
): boolean {
  return status === undefined || status === unknownPath || saysNothing.includes(status);
}
