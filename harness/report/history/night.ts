import type { Report } from '../../model/report.ts';
import { targetInWords } from '../compare/sides.ts';
import type { Night } from './model.ts';

/** What the history keeps of a report: so little that a year of nights fits into memory. */
export function nightOf(report: Report, file: string): Night {
  const { runId, startedAt, durationMs, counts, options, target, configuration, notTested, suite } = report;
  const [fault] = report.suiteFaults;
  return {
    file,
    runId,
    startedAt,
    durationMs,
    counts,
    options,
    target,
    configuration,
    notTested,
    address: targetInWords(report),
    outcome: fault === undefined ? report.verdict : 'broken',
    reason: fault ?? report.cause ?? report.reason,
    decided: saysSomething(report),
    suiteVersion: suite.version,
    catalogueDigest: suite.catalogueDigest,
    requirements: report.requirements.map(({ id, family, title, level, verdict }) => ({
      id,
      family,
      title,
      level,
      verdict,
    })),
    owners: (report.baseline?.entries ?? []).map(({ requirement, owner, expires }) => ({
      requirement,
      owner,
      expires,
    })),
  };
}

/** False if the run is broken, or if a single cause keeps it from deciding anything. */
export function saysSomething({ suiteFaults, cause }: Pick<Report, 'suiteFaults' | 'cause'>): boolean {
  return suiteFaults.length === 0 && cause === undefined;
}
