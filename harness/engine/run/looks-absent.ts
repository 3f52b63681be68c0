import { because } from '../../model/index.ts';
import type { CellOutcome } from '../session/cell.ts';
import type { SessionState } from '../session/session-state.ts';
import { stands } from '../verdict/judgement.ts';

/** What a path that does not exist may answer: no key, no such path, no such method. */
const saysNothing = [401, 404, 405, 501];

/**
 * An operation that looks absent, and that nobody claims absent, is tried all the same. Where it answers like a path
 * that does not exist that proves nothing, for it or against it; what no missing operation does is held against it.
 */
export function unlessAbsent(state: SessionState, outcome: CellOutcome): CellOutcome {
  const { cell, records, observed } = outcome;
  const found = state.operations.find(({ operation }) => operation.id === cell.operation);
  if (found?.unclaimed !== true || cell.findings.some(stands)) return outcome;
  const own = records.filter(({ operation = cell.operation }) => operation === cell.operation);
  const isSilent = own.every(
    ({ operation, response }) =>
      response !== undefined &&
      // Methods and paths of our own are answered in any way where there is no such operation.
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

/** True of a status that a path that does not exist may have. */
export function isUnknown(
  status: number | undefined,
  { unknownPath }: Pick<SessionState, 'unknownPath'>,
): boolean {
  return status === undefined || status === unknownPath || saysNothing.includes(status);
}
