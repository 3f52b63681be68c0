/**
 * Fetches the report of the last earlier night that could decide, and writes the output `report`: its path, or nothing.
 * usage: previous-report.ts <folder>
 */
import { appendFileSync } from 'node:fs';
import { fetchEarlierNight, tonight } from './earlier-night.ts';
import { gh, variable } from './gh.ts';

const [folder = 'reports/previous'] = process.argv.slice(2);
const report = fetchEarlierNight(gh, tonight(), folder);
appendFileSync(variable('GITHUB_OUTPUT'), `report=${report ?? ''}\n`);
process.stdout.write(
  report === undefined ? 'There is no earlier night that could decide.\n' : `Fetched ${report}.\n`,
);
