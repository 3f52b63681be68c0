/**
 * Keeps the one issue of the nightly run. Environment: EXIT_CODE of the run, COMPARISON_CODE of the comparison; empty
 * where there was none.
 * usage: nightly-issue.ts <summary.md> <comparison.md>
 */
import { existsSync, readFileSync } from 'node:fs';
import { followNight } from './follow-night.ts';
import { gh, variable } from './gh.ts';
import { nightOf } from './nights.ts';

const [summary = '', comparison = ''] = process.argv.slice(2);
const repository = variable('GITHUB_REPOSITORY');
const { COMPARISON_CODE: comparisonCode, EXIT_CODE: exitCode } = process.env;
const night = nightOf(exitCode, comparisonCode);
const done = followNight(gh, repository, {
  night,
  regression: comparisonCode === '1',
  summary: textIn(summary),
  comparison: textIn(comparison),
  runUrl: `${variable('GITHUB_SERVER_URL')}/${repository}/actions/runs/${variable('GITHUB_RUN_ID')}`,
});
process.stdout.write(`The night is ${night}; ${done}.\n`);

function textIn(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
