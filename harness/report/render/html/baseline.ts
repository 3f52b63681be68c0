import type { BaselineEntryReport, Report } from '../../../model/report.ts';
import { entryMark, outOfDateOf, scopeOf } from '../baseline.ts';
import { count, excerpt, sentence } from '../text.ts';
import { type Fragment, markup } from './fragment.ts';
import { placeOf } from './marks.ts';

/** Every entry of the baseline with its owner, reason and last day; entries that gate come first. */
export function baselineSection(report: Report): Fragment | string {
  const { baseline } = report;
  if (baseline === undefined) return '';
  const late = outOfDateOf(report).length;
  return markup`
<section id="baseline" aria-labelledby="baseline-title">
  <h2 id="baseline-title">Baseline <small>${baseline.file}, ${count(baseline.entries.length, 'entry', 'entries')}</small></h2>
  ${late === 0 ? '' : markup`<p class="calm"><strong class="bad">${count(late, 'entry', 'entries')} out of date.</strong> The run cannot pass until the file is changed.</p>`}
  ${baseline.entries.length === 0 ? markup`<p class="calm">The file lists nothing.</p>` : tableOf(baseline.entries, report)}
</section>`;
}

/** The owner, reason and last day of a known failure, for the card of its requirement. */
export function acceptedLine({ reason, owner, expires }: BaselineEntryReport): Fragment {
  return markup`<p class="accepted"><span class="label">Known</span> ${sentence(excerpt(reason, 400))} <span class="why">${excerpt(owner, 200)}, until ${expires}</span></p>`;
}

function tableOf(entries: readonly BaselineEntryReport[], report: Report): Fragment {
  return markup`<div class="scroll" role="region" aria-label="Entries of the baseline" tabindex="0"><table class="plain"><thead><tr><th scope="col">State</th><th scope="col">Entry</th><th scope="col">Reason</th><th scope="col">Owner</th><th scope="col">Until</th></tr></thead>
<tbody>${entries.map((entry) => rowOf(entry, report))}</tbody></table></div>`;
}

function rowOf(entry: BaselineEntryReport, report: Report): Fragment {
  const { symbol, word, tone } = entryMark(entry);
  const requirement = report.requirements.find(({ id }) => id === entry.requirement);
  const scope = markup`<code>${scopeOf(entry)}</code>`;
  const linked =
    requirement === undefined ? scope : markup`<a href="#${placeOf(report, requirement)}">${scope}</a>`;
  return markup`<tr><td><span class="mark ${tone}"><span class="symbol" aria-hidden="true">${symbol}</span>${word}</span></td><td>${linked} <span class="why">${sentence(excerpt(entry.why, 300))}</span></td><td>${excerpt(entry.reason, 400)}</td><td>${excerpt(entry.owner, 200)}</td><td>${entry.expires}</td></tr>`;
}
