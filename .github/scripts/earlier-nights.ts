/**
 * Fetches the reports of the last nights, a folder each, for the history.
 * usage: earlier-nights.ts <folder>
 */
import { fetchNights, tonight } from './earlier-night.ts';
import { gh } from './gh.ts';

const [folder = 'reports/nights'] = process.argv.slice(2);
process.stdout.write(`Fetched the reports of ${fetchNights(gh, tonight(), folder)} earlier nights.\n`);
