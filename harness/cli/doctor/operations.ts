import { loadDocument, operationsOf } from '../../engine/configuration/operations.ts';
import type { Examination, ExaminedOperation } from '../../engine/preflight/examine.ts';
import { isServerFailure, type RunOptions, type TargetConfiguration } from '../../model/index.ts';
import type { Remark } from './keys.ts';

type Presence = 'there' | 'absent' | 'not known';

const missing = [404, 405, 501];

/** Whether an operation exists, by the answer to the read key. */
function presenceOf({ status, namesThings }: ExaminedOperation): Presence {
  if (status === undefined || status === 401) return 'not known';
  if (missing.includes(status)) return status === 404 && namesThings ? 'not known' : 'absent';
  return status >= 300 && (status < 400 || status >= 500) ? 'not known' : 'there';
}

const idsOf = (operations: readonly ExaminedOperation[], presence: Presence): string[] =>
  operations.filter((one) => presenceOf(one) === presence).map(({ id }) => id);

/** How many of the read operations exist, and what was not checked. */
export function operationsLine(
  { operations }: Examination,
  { without = [] }: TargetConfiguration,
  { openapi }: RunOptions,
): string {
  const notKnown = idsOf(operations, 'not known');
  const unseen =
    notKnown.length === 0
      ? ''
      : `; not known of ${notKnown.join(', ')}, which may need things that only a run makes`;
  const writers = operationsOf(loadDocument(openapi)).filter(
    ({ id, permission }) => permission === 'write' && !without.includes(id),
  );
  return `${idsOf(operations, 'there').length} of ${operations.length} read operations are there${unseen}; the ${writers.length} write operations were not looked at`;
}

/** Operations that look absent make a run partial. */
export function judgeOperations({ operations }: Examination): Remark[] {
  const broken = operations.filter(({ status }) => isServerFailure(status));
  return [
    ...idsOf(operations, 'absent').map(
      (id): Remark => ({
        gravity: 'remark',
        sentence: `${id} looks absent; if the target does not implement it, name it with --without, otherwise a run is partial.`,
      }),
    ),
    ...[...new Set(broken.map(({ status }) => status))].map((status): Remark => {
      const ids = broken.filter((one) => one.status === status).map(({ id }) => id);
      return { gravity: 'remark', sentence: `The read key gets ${status} from ${ids.join(', ')}.` };
    }),
  ];
}
