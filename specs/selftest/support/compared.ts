import type { CellVerdict, Family, Level, ScenarioResult } from '../../../harness/model/index.ts';
import type { Report } from '../../../harness/model/report.ts';
import { compareReports, exitCodeOfComparison } from '../../../harness/report/compare/compare.ts';
import { family, header, report, requirement, result, scenario } from './reports.ts';

const levels: readonly [string, Level][] = [
  ['must/a', 'MUST'],
  ['must/b', 'MUST'],
  ['should/c', 'SHOULD'],
];
export const catalogue = family(
  ...levels.map(([id, level]) => requirement(id, { level, scenarios: [scenario('one'), scenario('two')] })),
);

/** A report with these verdicts for the named scenarios; all others pass. */
export function run(
  verdicts: Record<string, CellVerdict>,
  more: Partial<Parameters<typeof header>[0]> = {},
): Report {
  const results = catalogue[0]!.requirements.flatMap(({ id, scenarios }) =>
    scenarios.map((one) => result(`${id}/${one.id}`, verdicts[`${id}/${one.id}`] ?? 'pass')),
  );
  return reportOf(catalogue, results, more);
}

/** A report of these families. */
export function reportOf(
  families: readonly Family[],
  results: readonly ScenarioResult[],
  more: Partial<Parameters<typeof header>[0]> = {},
): Report {
  return report(families, results, { header: header({ runId: String(Math.random()), ...more }) });
}

/** A comparison of two reports: all of it, its exit code, and what changed. */
export function compared(old: Report, now: Report, strict = false) {
  const comparison = compareReports(old, now, { strict });
  const changed = comparison.requirements.filter(({ change }) => change !== 'unchanged');
  return {
    comparison,
    exitCode: exitCodeOfComparison(comparison),
    changes: Object.fromEntries(changed.map(({ id, change }) => [id, change])),
  };
}
