/**
 * Fetches the reports of the last nights, a folder each, for the history.
 * usage: earlier-nights.ts <folder>
 */
import { fetchNights } from './earlier-night.ts';
import { gh, variable } from './gh.ts';

const [folder = 'reports/nights'] = process.argv.slice(2);
const tonight = {
  repository: variable('GITHUB_REPOSITORY'),
  branch: variable('GITHUB_REF_NAME'),
  run: variable('GITHUB_RUN_ID'),
};
process.stdout.write(`Fetched the reports of ${fetchNights(gh, tonight, folder)} earlier nights.\n`);
