import type { Report, RequirementReport } from '../model/report.ts';
import { count } from './render/text.ts';

type ReportedOperation = Report['target']['operations'][number];

/** Ids of the operations that a run leaves out: those that are claimed absent, and inferred ones that do not exist. */
export function leftOutOperations({ operations }: Pick<Report['target'], 'operations'>): string[] {
  return operations.filter(isLeftOut).map(({ id }) => id);
}

/** "15 of 17 operations; without POST /v1/products/{id}/transfer"; undefined if no operation is left out. */
export function operationsInWords(target: Pick<Report['target'], 'operations'>): string | undefined {
  const without = leftOutOperations(target);
  if (without.length === 0) return undefined;
  const { length } = target.operations;
  return `${length - without.length} of ${count(length, 'operation')}; without ${without.join(', ')}`;
}

/** Ids of the documented operations that look absent although nobody claims them absent. */
export function unclaimedOperations({ operations }: Pick<Report['target'], 'operations'>): string[] {
  return operations.filter(({ unclaimed }) => unclaimed === true).map(({ id }) => id);
}

/** Why a run with such operations is partial, and what to do about it; undefined if there are none. */
export function unclaimedInWords(
  target: Pick<Report['target'], 'operations'>,
  requirements: readonly RequirementReport[],
): string | undefined {
  const ids = unclaimedOperations(target);
  if (ids.length === 0) return undefined;
  const answered = ids.find((id) => answeredLater(id, requirements));
  if (answered !== undefined) {
    return `${answered} first answered like a path that does not exist, and later did not, so the target implements it; run it again`;
  }
  const { length } = target.operations;
  const [what, them] =
    ids.length === 1
      ? [`${ids[0]} answers like a path that does not exist`, 'it']
      : [`${ids.length} of ${count(length, 'operation')} answer like paths that do not exist`, 'them'];
  return `${what}; if the target does not implement ${them}, add ${claimOf(ids)}`;
}

/** The options that claim operations absent, as they are typed. */
export function claimOf(ids: readonly string[]): string {
  return ids.map((id) => `--without "${id}"`).join(' ');
}

function isLeftOut({ availability, claimedAbsent, unclaimed }: ReportedOperation): boolean {
  return claimedAbsent === true || (availability === 'absent' && unclaimed !== true);
}

/** An operation that answers like a path that does not exist gets no verdict; one with a verdict therefore exists. */
function answeredLater(id: string, requirements: readonly RequirementReport[]): boolean {
  return requirements.some(({ scenarios }) =>
    scenarios.some(({ cells }) =>
      cells.some(({ operation, verdict }) => operation === id && ['pass', 'warn', 'fail'].includes(verdict)),
    ),
  );
}
