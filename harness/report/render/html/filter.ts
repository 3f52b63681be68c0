import type { Report } from '../../../model/report.ts';
import { familiesOf } from '../tally.ts';
import { markOf, shownVerdicts } from '../words.ts';
import { type Fragment, markup } from './fragment.ts';

/** Controls of the matrix; the script makes them visible. */
export function filterForm(report: Report): Fragment {
  const verdicts = shownVerdicts.filter((verdict) =>
    report.requirements.some((requirement) => requirement.verdict === verdict),
  );
  return markup`<form class="filter" id="filter" hidden>
  <label>Search <input type="search" name="text" placeholder="id, sentence or verdict" autocomplete="off"></label>
  <label>Family <select name="family"><option value="">all</option>${familiesOf(report).map(({ family }) => markup`<option>${family}</option>`)}</select></label>
  <fieldset><legend>Verdict</legend>${verdicts.map(
    (verdict) =>
      markup`<label class="choice ${markOf(verdict).tone}"><input type="checkbox" name="verdict" value="${verdict}" checked> <span aria-hidden="true">${markOf(verdict).symbol}</span> ${markOf(verdict).word}</label>`,
  )}</fieldset>
  <output id="filter-count" aria-live="polite"></output>
</form>`;
}
