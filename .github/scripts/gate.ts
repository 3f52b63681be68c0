/**
 * Decides by the merged report whether a release may go out: ends with 0, 1, 2 or 3 as the suite does. Writes the
 * outputs `verdict` and `exit-code`, and reports which parts of the required profiles were not tested.
 * Environment: BASE_URL, PROFILES.
 * usage: gate.ts <report.json>
 */
import { appendFileSync } from 'node:fs';
import { exitCodes } from '../../harness/model/index.ts';
import { annotation } from '../../harness/report/render/annotations.ts';
import { prose } from '../../harness/report/render/markdown.ts';
import { oneLine } from '../../harness/report/render/text.ts';
import { exitCodeOf } from '../../harness/report/run-verdict.ts';
import { objectionsTo, operationsTestedInWords, readMerged, testedInPartOf } from './gate-rules.ts';
import { variable } from './gh.ts';

const [path = 'reports/latest/report.json'] = process.argv.slice(2);
const wanted = { baseUrl: variable('BASE_URL'), profiles: variable('PROFILES').split(',') };
const report = readMerged(path);
const objections =
  report === undefined ? ['There is no merged report, or it cannot be read.'] : objectionsTo(report, wanted);
const code =
  report === undefined
    ? exitCodes.broken
    : Math.max(exitCodeOf(report), objections.length > 0 ? exitCodes.nonconformant : exitCodes.conformant);
for (const objection of objections) {
  process.stdout.write(annotation('error', 'Release gate', oneLine(objection)));
}
const inPart = report === undefined ? [] : testedInPartOf(report, wanted.profiles).map(oneLine);
if (inPart.length > 0) {
  const title = 'Release gate: tested in part';
  process.stdout.write(annotation('warning', title, inPart.join('\n')));
  const items = inPart.map((line) => `- ${prose(line)}\n`).join('');
  appendFileSync(variable('GITHUB_STEP_SUMMARY'), `\n### ${title}\n\n${items}`);
}
const operations = report === undefined ? undefined : operationsTestedInWords(report.target);
if (operations !== undefined) {
  const title = 'Release gate: not every operation is tested';
  process.stdout.write(annotation('warning', title, oneLine(operations)));
  appendFileSync(variable('GITHUB_STEP_SUMMARY'), `\n### ${title}\n\n${prose(oneLine(operations))}\n`);
}
const verdict = code === exitCodes.broken ? 'broken' : report?.verdict;
appendFileSync(variable('GITHUB_OUTPUT'), `verdict=${verdict}\nexit-code=${code}\n`);
if (code === exitCodes.conformant) process.stdout.write('The release may go out.\n');
process.exitCode = code;
