import type { Report } from '../../../model/report.ts';
import { type Fix, fixesOf } from '../../findings/ranking.ts';
import { outOfDateOf } from '../baseline.ts';
import { stoppedEarly } from '../tally.ts';
import { count } from '../text.ts';
import { cardOf } from './card.ts';
import { ExchangeBudget } from './exchange.ts';
import { type Fragment, markup } from './fragment.ts';

/** What to fix, the worst first and consequences last; then warnings and known failures, folded. */
export function fixSection(report: Report): Fragment {
  const { failing, note, warning, known } = fixesOf(report);
  const budget = new ExchangeBudget();
  if (stoppedEarly(report)) return markup``;
  const cards = failing.map((fix, index) => cardOf(fix, index + 1, budget));
  return markup`
<section id="fix" aria-labelledby="fix-title">
  <h2 id="fix-title">What to fix${failing.length > 0 ? markup` <small>${count(failing.length, 'requirement')}, ${orderOf(failing)}</small>` : ''}</h2>
  ${note === undefined ? '' : markup`<p class="calm">${note}.</p>`}
  ${failing.length === 0 ? markup`<p class="calm">${nothingFails(report)}</p>` : markup`<ol class="cards">${cards}</ol>`}
  ${group('Warnings', 'A SHOULD fails. It changes the verdict only with --strict.', warning, budget)}
  ${group('Known failures', 'Listed in the baseline. They do not change the verdict.', known, budget)}
</section>`;
}

function orderOf(failing: readonly Fix[]): string {
  return failing.some((fix) => fix.consequenceOf !== undefined)
    ? 'worst first, consequences last'
    : 'worst first';
}

function nothingFails(report: Report): string {
  const { verdict, counts } = report;
  if (outOfDateOf(report).length > 0) return 'No requirement fails. The baseline is out of date, see below.';
  if (verdict === 'conformant' && counts.verdicts.known > 0) {
    return 'Only what the baseline lists. Every other MUST of every claimed profile passes.';
  }
  return verdict === 'conformant'
    ? 'Nothing. Every MUST of every claimed profile passes.'
    : 'Nothing that was tested fails. What could not be tested or decided is listed below.';
}

function group(
  title: string,
  note: string,
  fixes: readonly Fix[],
  budget: ExchangeBudget,
): Fragment | string {
  if (fixes.length === 0) return '';
  return markup`<details class="group"><summary><h3>${title} <small>${count(fixes.length, 'requirement')}</small></h3></summary>
  <p class="calm">${note}</p>
  <ol class="cards calmer">${fixes.map((fix, index) => cardOf(fix, index + 1, budget))}</ol>
</details>`;
}
