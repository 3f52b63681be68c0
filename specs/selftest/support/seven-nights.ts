import type { CellVerdict } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { reportOf } from './compared.ts';
import { cell, family, finding, type header, operation, requirement, result } from './reports.ts';

export const cache = 'regeneration/caches-forget-at-once';
export const unchecked = 'permissions/read-key-cannot-write';
const sentences: Readonly<Record<string, string>> = {
  [cache]: 'A cache forgets a regenerated key at once.',
  [unchecked]: 'A read key gets 403 on every write operation.',
  'token/signature-verified': 'A key whose signature does not verify is rejected with 401.',
};

/** The catalogue of the nights. */
export const requirements = family(
  ...Object.entries(sentences).map(([id, sentence]) => requirement(id, { sentence })),
);

const other = { id: 'POST /v1/other', permission: 'write' } as const;
const operations = [operation('read'), operation('write')];
const target = {
  baseUrl: 'http://target',
  operations: [...operations, { ...other, availability: 'available' as const }],
};
/** The same target without one of its operations. */
export const lessTarget = {
  ...target,
  operations: [...operations, { ...other, availability: 'absent' as const }],
};

type Header = Partial<Parameters<typeof header>[0]>;

/** A night of January 2026 in which these requirements fail; if there is a cause, nothing was decided. */
export function night(day: number, failing: readonly string[], cause?: string, more: Header = {}): Report {
  const verdictOf = (id: string): CellVerdict =>
    cause !== undefined ? 'inconclusive' : failing.includes(id) ? 'fail' : 'pass';
  const results = Object.keys(sentences).map((id) => {
    const verdict = verdictOf(id);
    const findings = verdict === 'fail' ? [finding(id)] : [];
    const cells = [cell(verdict, { operation: 'POST /v1/write', findings })];
    const reason = cause === undefined ? {} : { reason: cause };
    return result(`${id}/one`, verdict, { ...reason, cells });
  });
  const startedAt = Date.parse(`2026-01-${String(day).padStart(2, '0')}T02:17:00Z`);
  const one = {
    runId: `night-${day}`,
    startedAt,
    target,
    ...(cause === undefined ? {} : { cause }),
    ...more,
  };
  const made = reportOf(requirements, results, one);
  return { ...made, durationMs: 9000 + day * 100 };
}

export const keyIsDead =
  'the target rejects the supplied write key (MUFI_WRITE_KEY) on every operation with 401';
export const isDown = 'the target cannot be reached: nothing listens on its port';
export const varies = 'answers do not repeat: 30 of 100 requests got 403 text/html once and not again';

/**
 * Passing, a cache of 2 s, the cache and an unchecked write, a revoked write key, no server, 403 HTML at times,
 * passing.
 */
export const sevenNights: readonly Report[] = [
  night(1, []),
  night(2, [cache]),
  night(3, [cache, unchecked]),
  night(4, [], keyIsDead),
  night(5, [], isDown),
  night(6, [], varies),
  night(7, []),
];
