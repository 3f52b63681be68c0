import type { Report } from '../../../model/report.ts';
import { fixesOf } from '../../findings/ranking.ts';
import { type FamilyTally, familiesOf, faultsOf, nextStep, nothingDecided, stoppedEarly } from '../tally.ts';
import { capitalised, count, dateInWords, duration, excerpt, sentence } from '../text.ts';
import { afterDemo, kindInWords, markOf, markOfRun, slowedInWords, verdictInWords } from '../words.ts';
import { anchor, type Fragment, markup } from './fragment.ts';
import { amountsOf, placeOf, safeLink, verdictMark } from './marks.ts';

const worstShown = 6;

/** Maximum number of characters for the reason of a profile, a few lines; _Not tested_ has the full text. */
const reasonLength = 180;

/** The verdict, its reason, and the target. */
export function verdictSection(report: Report): Fragment {
  const { symbol, tone } = markOfRun(report);
  const demo = afterDemo(report);
  const slowed = slowedInWords(report);
  return markup`
<header class="masthead ${tone}"><div class="page">
  <p class="imprint"><span>Mufi auth conformance</span> <time datetime="${report.startedAt}">${dateInWords(report.startedAt)}</time></p>
  <h1 class="verdict"><span class="symbol" aria-hidden="true">${symbol}</span><span>${capitalised(verdictInWords(report))}</span></h1>
  <p class="reason">${sentence(excerpt(report.cause ?? report.reason, 800))}</p>
  ${worstSentence(report)}
  ${demo === undefined ? '' : markup`<p class="stopped">${demo}</p>`}
  ${stoppedEarly(report) ? markup`<p class="stopped">This is the one cause why nothing could be decided. Nothing below counts as a failure of the target.</p>` : ''}
  ${faults(report)}
  ${facts(report)}
  ${slowed === undefined ? '' : markup`<p class="stopped">${slowed}</p>`}
</div></header>`;
}

/** The profiles, and every family with one tick per requirement; if nothing could be decided, what to do. */
export function overviewSection(report: Report): Fragment {
  if (nothingDecided(report)) {
    const [before, command, after] = nextStep(report);
    return markup`
<section class="next" aria-labelledby="next-title">
  <h2 id="next-title">What to do</h2>
  <p class="calm">${before} <code>${command}</code> ${after}</p>
</section>`;
  }
  return markup`
<section class="overview" aria-label="Profiles and families">
  <div>${profileList(report)}
  ${worstList(report)}</div>
  ${familyLedger(report)}
</section>`;
}

/** What the worst failure violates, as the sentence of the contract. The reason says it, unless the run is broken. */
function worstSentence(report: Report): Fragment | string {
  const [worst] = stoppedEarly(report) ? [] : fixesOf(report).failing;
  if (worst === undefined || report.suiteFaults.length === 0) return '';
  return markup`<p class="stopped" id="broken">Broken requirement: <strong>${excerpt(worst.requirement.title, 300)}</strong></p>`;
}

/** The first answer to "what broke?", before any evidence. */
function worstList(report: Report): Fragment | string {
  const { failing } = fixesOf(report);
  if (failing.length === 0 || stoppedEarly(report)) return '';
  const shown = failing.filter((fix) => fix.consequenceOf === undefined).slice(0, worstShown);
  const more = failing.length - shown.length;
  return markup`<p class="label worst-label" id="worst">Worst first</p>
<ol class="worst" aria-labelledby="worst">${shown.map(
    ({ requirement, kind }) => markup`
  <li><a href="#${anchor('fix', requirement.id)}">${requirement.id}</a>${kind === undefined ? '' : markup` <span class="bad">${kindInWords(kind)}</span>`} <span class="sentence">${excerpt(requirement.title, 300)}</span></li>`,
  )}</ol>${more > 0 ? markup`<p class="why">and ${count(more, 'more requirement')}</p>` : ''}`;
}

function faults(report: Report): Fragment | string {
  const suiteFaults = faultsOf(report);
  if (suiteFaults.length === 0) return '';
  return markup`<div class="faults"><p><strong>The suite itself failed, so this run is broken:</strong></p>
<ul>${suiteFaults.map((fault) => markup`<li>${fault}</li>`)}</ul></div>`;
}

function facts(report: Report): Fragment {
  const { target, counts, durationMs } = report;
  const { implementation } = target;
  const named = implementation && excerpt(`${implementation.name} ${implementation.version}`, 200);
  return markup`<dl class="facts">
  <div class="wide"><dt>Target</dt><dd class="address">${target.baseUrl}</dd></div>
  <div><dt>Implementation</dt><dd>${named === undefined ? 'not named' : safeLink(implementation?.url ?? '', named)}</dd></div>
  <div><dt>Tested</dt><dd>${count(counts.requirements, 'requirement')}, ${count(counts.scenarios, 'scenario')}</dd></div>
  <div><dt>Sent</dt><dd>${count(counts.cells, 'cell')}, ${count(counts.requests, 'request')}</dd></div>
  <div><dt>Took</dt><dd>${duration(durationMs)}</dd></div>
</dl>`;
}

function profileList({ profiles }: Report): Fragment {
  return markup`<ul class="profiles">${profiles.map(
    ({ id, verdict, reason }) => markup`
  <li class="${markOf(verdict).tone}"><span class="name">${id}</span> ${verdictMark(verdict)}${
    reason === undefined ? '' : markup` <span class="why">${excerpt(reason, reasonLength)}</span>`
  }</li>`,
  )}
</ul>`;
}

function familyLedger(report: Report): Fragment {
  return markup`<table class="ledger">
<caption class="unseen">Requirements of each family by verdict</caption>
<thead class="unseen"><tr><th scope="col">Family</th><th scope="col">Requirements, one tick each</th><th scope="col">Verdicts</th></tr></thead>
<tbody>${familiesOf(report).map((family) => ledgerRow(family, report))}
</tbody></table>`;
}

function ledgerRow(family: FamilyTally, report: Report): Fragment {
  const ticks = family.requirements.map((requirement) => {
    const { symbol, word, tone } = markOf(requirement.verdict);
    const title = `${requirement.id}: ${word}`;
    return markup`<a class="tick ${tone}" href="#${placeOf(report, requirement)}" tabindex="-1" title="${title}">${symbol}</a>`;
  });
  return markup`
<tr><th scope="row">${family.family}</th><td class="ticks"><div aria-hidden="true">${ticks}</div></td><td class="amounts">${amountsOf(family)}</td></tr>`;
}
