import type { Report, RequirementReport, ScenarioReport } from '../../../model/report.ts';
import { inPartInWords, testedInPart } from '../../coverage.ts';
import { familiesOf, nothingDecided } from '../tally.ts';
import { count, duration, excerpt } from '../text.ts';
import { markOf } from '../words.ts';
import { anchor, type Fragment, markup } from './fragment.ts';
import { amountsOf, levelMark, sourceLink, verdictMark } from './marks.ts';

/** False where nothing could be decided: then it has only question marks. */
export function hasCatalogue(report: Report): boolean {
  return !nothingDecided(report);
}

/** Every requirement with its scenarios, folded by family. */
export function catalogueSection(report: Report): Fragment {
  if (!hasCatalogue(report)) return markup``;
  return markup`
<section id="catalogue" aria-labelledby="catalogue-title">
  <h2 id="catalogue-title">Catalogue <small>every requirement and scenario of this run</small></h2>
  ${familiesOf(report).map(
    (
      tally,
    ) => markup`<details class="shelf"><summary><h3>${tally.family} <small>${count(tally.requirements.length, 'requirement')}</small></h3> <span class="sums">${amountsOf(tally)}</span></summary>
  ${tally.requirements.map(entry)}</details>`,
  )}
</section>`;
}

function entry(requirement: RequirementReport): Fragment {
  const { scenarios, verdict, reason } = requirement;
  const part = testedInPart(requirement);
  const inPart = part === undefined ? undefined : inPartInWords(part);
  return markup`
<article class="entry" id="${anchor('about', requirement.id)}">
  <p class="tags">${verdictMark(verdict)} ${levelMark(requirement.level)} <code class="id">${requirement.id}</code> ${sourceLink(requirement)}</p>
  <h4>${requirement.title}</h4>
  ${reason === undefined ? '' : markup`<p class="why">${excerpt(reason, 300)}</p>`}
  ${inPart === undefined || inPart === reason ? '' : markup`<p class="why">${excerpt(inPart, 300)}</p>`}
  ${scenarios.length === 0 ? '' : markup`<ul class="scenarios">${scenarios.map((scenario) => line(scenario, requirement))}</ul>`}
</article>`;
}

function line(
  { id, title, verdict, reason, cells, durationMs }: ScenarioReport,
  requirement: RequirementReport,
): Fragment {
  const { symbol, word, tone } = markOf(verdict);
  const why =
    reason !== undefined && reason !== requirement.reason
      ? markup`<span class="why">${excerpt(reason, 300)}</span>`
      : '';
  return markup`<li><span class="mark ${tone}"><span class="symbol" aria-hidden="true">${symbol}</span><span class="unseen">${word}</span></span> <span class="title" title="${id}">${title}</span> <span class="share">${cells.length > 0 ? `${count(cells.length, 'cell')}, ${duration(durationMs)}` : word}</span>${why}</li>`;
}
