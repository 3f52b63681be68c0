import type { Report, RequirementReport } from '../../../model/report.ts';
import { nothingDecided, stoppedEarly, undecidedOf, untestedInWords } from '../tally.ts';
import { count, excerpt } from '../text.ts';
import { waysBeside } from '../unlocks.ts';
import { hasCatalogue } from './catalogue.ts';
import { anchor, type Fragment, markup } from './fragment.ts';

/** True where nothing could be decided for the one cause that the verdict names. */
export function isOneCause(report: Report): boolean {
  return nothingDecided(report) && stoppedEarly(report);
}

/** Inconclusive requirements, grouped by their reason. */
export function undecidedSection(report: Report): Fragment {
  const groups = undecidedOf(report);
  if (groups.length === 0 || isOneCause(report)) return markup``;
  return markup`
<section id="undecided" aria-labelledby="undecided-title">
  <h2 id="undecided-title">Could not be decided <small>${count(report.counts.verdicts.inconclusive, 'requirement')}</small></h2>
  ${groups.map(
    ({
      reason,
      requirements,
    }) => markup`<details class="gap"><summary><span class="symbol open" aria-hidden="true">?</span> <span class="cause">${excerpt(reason, 600)}</span> <span class="share">${count(requirements.length, 'requirement')}</span></summary>
  ${requirementList(
    requirements.map(({ id }) => id),
    report,
  )}</details>`,
  )}
</section>`;
}

/** What was not tested, grouped by what would unlock it. */
export function notTestedSection(report: Report): Fragment {
  if (report.notTested.length === 0) return markup``;
  return markup`
<section id="untested" aria-labelledby="untested-title">
  <h2 id="untested-title">Not tested <small>and how to unlock it</small></h2>
  ${report.notTested.map(
    ({
      capability,
      unlock,
      variables,
      requirements,
    }) => markup`<details class="gap"><summary><span class="symbol none" aria-hidden="true">○</span> <span class="cause"><strong>${capability}</strong> <span class="unlock">${unlock}</span></span> <span class="share">${untestedInWords(requirements, report)}</span><span class="variables">${waysBeside(
      { unlock, variables },
    )
      .split(/(MUFI_\w+)/)
      .map((part) => (part.startsWith('MUFI_') ? markup`<code>${part}</code>` : part))}</span></summary>
  ${requirementList(requirements, report)}</details>`,
  )}
</section>`;
}

function requirementList(ids: readonly string[], report: Report): Fragment {
  const known = new Map<string, RequirementReport>(report.requirements.map((entry) => [entry.id, entry]));
  return markup`<ul class="names">${ids.map((id) => {
    const requirement = known.get(id);
    if (requirement === undefined) return markup`<li><code>${id}</code></li>`;
    const name = markup`<code>${id}</code>`;
    const link = hasCatalogue(report) ? markup`<a href="#${anchor('about', id)}">${name}</a>` : name;
    return markup`<li>${link} ${requirement.title}</li>`;
  })}</ul>`;
}
