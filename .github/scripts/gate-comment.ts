/**
 * Keeps one comment on the pull request with the result of the gate. If the token may not write it, a warning says so,
 * because a comment decides nothing. Environment: BASE_URL, PROFILES, EXIT_CODE of the gate, ARTIFACT (name of the report),
 * PULL_REQUEST (its number).
 * usage: gate-comment.ts <report.json> <folder for the report of the base branch>
 */
import { NotAReport, readReportFile } from '../../harness/report/parse.ts';
import { annotation } from '../../harness/report/render/annotations.ts';
import { inLog, oneLine } from '../../harness/report/render/text.ts';
import { fetchBaseReport } from './base-report.ts';
import { type BaseBranch, commentOf } from './comment-words.ts';
import { objectionsTo, readMerged } from './gate-rules.ts';
import { gh, variable } from './gh.ts';
import { keepComment } from './sticky-comment.ts';

const [path = 'reports/latest/report.json', folder = 'reports/base'] = process.argv.slice(2);
const repository = variable('GITHUB_REPOSITORY');
const artifact = variable('ARTIFACT');
const wanted = { baseUrl: variable('BASE_URL'), profiles: variable('PROFILES').split(',') };
const report = readMerged(path);
const text = commentOf({
  open: variable('EXIT_CODE') === '0',
  objections: report === undefined ? [] : objectionsTo(report, wanted),
  report,
  base: baseBranch(variable('GITHUB_BASE_REF')),
  runUrl: `${variable('GITHUB_SERVER_URL')}/${repository}/actions/runs/${variable('GITHUB_RUN_ID')}`,
  artifact,
});
try {
  const place = { repository, pullRequest: variable('PULL_REQUEST'), name: artifact };
  process.stdout.write(`The comment is ${keepComment(gh, place, text)}.\n`);
} catch (error) {
  warn('The comment could not be written; the job that calls the gate needs pull-requests: write.', error);
}

function baseBranch(branch: string): BaseBranch {
  try {
    const found = fetchBaseReport(gh, { repository, branch, artifact }, folder);
    if (found !== undefined) return { branch, report: readReportFile(found) };
    const missing = `There is no report of this branch to compare with: no run on it has left an artifact ${artifact} with a verdict.`;
    return { branch, report: { missing } };
  } catch (error) {
    if (error instanceof NotAReport) {
      return {
        branch,
        report: { missing: 'The report of this branch is of a version that cannot be compared.' },
      };
    }
    const missing =
      'There is no report of this branch that could be read: the job that calls the gate needs actions: read.';
    warn(missing, error);
    return { branch, report: { missing } };
  }
}

function warn(sentence: string, error: unknown): void {
  process.stdout.write(annotation('warning', 'Release gate', sentence));
  process.stderr.write(`${inLog(oneLine((error as Error).message))}\n`);
}
