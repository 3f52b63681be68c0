/**
 * Keeps the one issue of the nightly run. Environment: EXIT_CODE of the run, COMPARISON_CODE of the comparison; empty
 * if there was none.
 * usage: nightly-issue.ts <summary.md> <comparison.md> <report.json> <previous report.json, or empty>
 */
import { existsSync, readFileSync } from 'node:fs';
import type { Report } from '../../harness/model/report.ts';
import { testedLess } from '../../harness/report/history/less.ts';
import { nightOf as kept } from '../../harness/report/history/night.ts';
import { NotAReport, parseReport } from '../../harness/report/parse.ts';
import { followNight } from './follow-night.ts';
import { gh, variable } from './gh.ts';
import { nightOf } from './nights.ts';

const [summary = '', comparison = '', tonight = '', previous = ''] = process.argv.slice(2);
const repository = variable('GITHUB_REPOSITORY');
const { COMPARISON_CODE: comparisonCode, EXIT_CODE: exitCode } = process.env;
const night = nightOf(exitCode, comparisonCode);
const [report, before] = [reportIn(tonight), reportIn(previous)];
const done = followNight(gh, repository, {
  night,
  regression: comparisonCode === '1',
  summary: textIn(summary),
  comparison: textIn(comparison),
  runUrl: `${variable('GITHUB_SERVER_URL')}/${repository}/actions/runs/${variable('GITHUB_RUN_ID')}`,
  report,
  less:
    report === undefined || before === undefined || !kept(report, tonight).decided
      ? []
      : testedLess(kept(before, previous), kept(report, tonight)),
});
process.stdout.write(`The night is ${night}; ${done}.\n`);

function textIn(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** A night may have no report, or one that cannot be read; then only its exit code is known. */
function reportIn(path: string): Report | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return parseReport(readFileSync(path, 'utf8'), path);
  } catch (error) {
    if (!(error instanceof NotAReport)) throw error;
    return undefined;
  }
}
