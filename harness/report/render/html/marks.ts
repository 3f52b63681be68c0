import type { Report, RequirementReport } from '../../../model/report.ts';
import { type FamilyTally, stoppedEarly } from '../tally.ts';
import { figure } from '../text.ts';
import { type AnyVerdict, markOf } from '../words.ts';
import { anchor, type Fragment, markup } from './fragment.ts';

/** Symbol and word of a verdict. */
export function verdictMark(verdict: AnyVerdict): Fragment {
  const { symbol, word, tone } = markOf(verdict);
  return markup`<span class="mark ${tone}"><span class="symbol" aria-hidden="true">${symbol}</span>${word}</span>`;
}

/** MUST or SHOULD. */
export function levelMark(level: RequirementReport['level']): Fragment {
  return markup`<span class="level ${level.toLowerCase()}">${level}</span>`;
}

/** Where a requirement comes from. */
export function sourceLink({ source }: RequirementReport): Fragment {
  const text = markup`${source.document} <span aria-hidden="true">›</span> ${source.section}`;
  return safeLink(source.link, text);
}

/** A link if a report may link to the address, else the text. */
export function safeLink(address: string, text: Fragment | string): Fragment {
  if (!/^https?:\/\//i.test(address)) return markup`<span class="source">${text}</span>`;
  return markup`<a class="source" href="${address}" rel="noreferrer noopener">${text}</a>`;
}

/** The anchor with the details of a requirement: its card if it has one, else its entry in the catalogue. */
export function placeOf(report: Report, { id, verdict }: RequirementReport): string {
  const hasCard = !stoppedEarly(report) && ['fail', 'warn', 'known'].includes(verdict);
  return anchor(hasCard ? 'fix' : 'about', id);
}

/** How many requirements of a family have each verdict; what needs attention comes first. */
export function amountsOf(family: FamilyTally): Fragment[] {
  const entries = [
    ['fail', family.fail],
    ['warn', family.warn],
    ['known', family.known],
    ['inconclusive', family.inconclusive],
    ['not-tested', family.notTested],
    ['not-applicable', family.notApplicable],
    ['pass', family.pass],
  ] as const;
  return entries
    .filter(([, amount]) => amount > 0)
    .map(
      ([verdict, amount]) =>
        markup`<span class="amount ${markOf(verdict).tone}">${figure(amount)} ${markOf(verdict).word}</span> `,
    );
}
