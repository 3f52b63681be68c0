import type { Report } from '../../../model/report.ts';
import { outOfDateOf } from '../baseline.ts';
import { stoppedEarly } from '../tally.ts';
import { capitalised, printableDeep } from '../text.ts';
import { markOfRun, verdictInWords } from '../words.ts';
import { baselineSection } from './baseline.ts';
import { catalogueSection, hasCatalogue } from './catalogue.ts';
import { fixSection } from './fixes.ts';
import { constant, type Fragment, markup } from './fragment.ts';
import { isOneCause, notTestedSection, undecidedSection } from './gaps.ts';
import { headOf } from './head.ts';
import { hasMatrix, matrixSection } from './matrix.ts';
import { runSection } from './run.ts';
import { script } from './script/index.ts';
import { styles } from './styles.ts';
import { timelineSection } from './timeline.ts';
import { overviewSection, verdictSection } from './verdict.ts';

/** `report.html`: one file that needs neither network nor other files. */
export function renderHtml(untrusted: Report): string {
  const report = printableDeep(untrusted);
  const title = `${capitalised(verdictInWords(report))}: ${report.target.baseUrl}, Mufi auth conformance`;
  return markup`<!doctype html>
<html lang="en">
${headOf({ title, tone: markOfRun(report).tone, styles, script })}
<body${stoppedEarly(report) ? markup` class="halted"` : ''}>
<a class="skip" href="#main">Skip to what matters</a>
${verdictSection(report)}
<div class="page">
${overviewSection(report)}
${contents(report)}
<main id="main" tabindex="-1">
${fixSection(report)}
${baselineSection(report)}
${matrixSection(report)}
${timelineSection(report)}
${undecidedSection(report)}
${notTestedSection(report)}
${catalogueSection(report)}
${runSection(report)}
</main>
<footer><p>${report.suite.name} ${report.suite.version}, catalogue ${report.suite.catalogueDigest.slice(0, 19)}. Keys are never part of a report.</p></footer>
</div>
<script>${constant(script)}</script>
</body>
</html>
`.toString();
}

function contents(report: Report): Fragment {
  const { fail, inconclusive } = report.counts.verdicts;
  const late = outOfDateOf(report).length;
  const entries: readonly (readonly [string, string] | undefined)[] = [
    stoppedEarly(report) ? undefined : ['fix', fail > 0 ? `What to fix (${fail})` : 'What to fix'],
    report.baseline === undefined
      ? undefined
      : ['baseline', late > 0 ? `Baseline (${late} out of date)` : 'Baseline'],
    hasMatrix(report) ? ['matrix', 'Matrix'] : undefined,
    inconclusive > 0 && !isOneCause(report)
      ? ['undecided', `Could not be decided (${inconclusive})`]
      : undefined,
    report.notTested.length > 0 ? ['untested', 'Not tested'] : undefined,
    hasCatalogue(report) ? ['catalogue', 'Catalogue'] : undefined,
    ['run', 'This run'],
  ];
  if (entries.filter((entry) => entry !== undefined).length < 2) return markup``;
  return markup`<nav class="contents" aria-label="Contents"><ul>${entries.map((entry) =>
    entry === undefined ? '' : markup`<li><a href="#${entry[0]}">${entry[1]}</a></li>`,
  )}</ul></nav>`;
}
