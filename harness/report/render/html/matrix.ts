import { isDecidedVerdict, type RequirementVerdict, worstVerdict } from '../../../model/index.ts';
import type { Report, RequirementReport } from '../../../model/report.ts';
import { familiesOf } from '../tally.ts';
import { count, excerpt } from '../text.ts';
import { markOf, shownVerdicts } from '../words.ts';
import { filterForm } from './filter.ts';
import { type Fragment, markup } from './fragment.ts';
import { placeOf, verdictMark } from './marks.ts';

interface Column {
  readonly id: string;
  readonly group: string;
}

/** False if nothing could be decided: a table of question marks adds nothing to the single cause. */
export function hasMatrix({ counts, requirements }: Report): boolean {
  return (
    counts.cells > 0 &&
    requirements.some(({ scenarios }) =>
      scenarios.some(({ cells }) => cells.some(({ verdict }) => isDecidedVerdict(verdict))),
    )
  );
}

/** Requirements by operations; every cell shows its worst scenario. */
export function matrixSection(report: Report): Fragment {
  if (!hasMatrix(report)) return markup``;
  const columns = columnsOf(report);
  const groups = [...new Set(columns.map(({ group }) => group))];
  return markup`
<section id="matrix" aria-labelledby="matrix-title">
  <h2 id="matrix-title">Matrix <small>${count(report.requirements.length, 'requirement')} by ${count(columns.length, 'operation')}</small></h2>
  <p class="legend">${legendOf(report).map((verdict) => markup`${verdictMark(verdict)} `)}<span class="mark none"><span class="symbol" aria-hidden="true">·</span>not sent</span></p>
  ${filterForm(report)}
  <div class="scroll${columns.length > 20 ? ' wide' : ''}" role="region" aria-label="Requirements by operations" tabindex="0">
  <table class="matrix" id="matrix-table">
  <caption class="unseen">Verdict of every requirement on every operation</caption>
  <thead>
  <tr><th rowspan="2" scope="col" class="corner">Requirement</th><th rowspan="2" scope="col" class="overall">Verdict</th>${groups.map((group) => markup`<th scope="colgroup" class="group" colspan="${String(columns.filter((column) => column.group === group).length)}">${group}</th>`)}</tr>
  <tr>${columns.map(({ id }, index) => markup`<th scope="col" class="operation${starts(columns, index)}"><span>${id}</span></th>`)}</tr>
  </thead>
  ${familiesOf(report).map(
    ({ family, requirements }) => markup`
  <tbody data-family="${family}"><tr class="family"><th scope="rowgroup" colspan="${String(columns.length + 2)}">${family}</th></tr>
  ${requirements.map((requirement) => rowOf(requirement, columns, report))}</tbody>`,
  )}
  </table></div>
  <p class="readout" id="readout" hidden></p>
</section>`;
}

/** The possible verdicts of a cell; `known` only if there is a baseline. */
function legendOf({ baseline }: Report): readonly RequirementVerdict[] {
  return shownVerdicts.filter((verdict) => verdict !== 'known' || baseline !== undefined);
}

function columnsOf(report: Report): readonly Column[] {
  const { operations } = report.target;
  const known = new Set(operations.map(({ id }) => id));
  const used = report.requirements.flatMap(({ scenarios }) =>
    scenarios.flatMap(({ cells }) => cells.map(({ operation }) => operation)),
  );
  const others = [...new Set(used)].filter((id) => !known.has(id));
  const permitted = (permission: string): Column[] =>
    operations
      .filter((operation) => operation.permission === permission)
      .map(({ id }) => ({ id, group: permission }));
  return [...permitted('read'), ...permitted('write'), ...others.map((id) => ({ id, group: 'elsewhere' }))];
}

function starts(columns: readonly Column[], index: number): string {
  return columns[index - 1]?.group === columns[index]?.group ? '' : ' first';
}

function rowOf(requirement: RequirementReport, columns: readonly Column[], report: Report): Fragment {
  const name = requirement.id.replace(`${requirement.family}/`, '');
  const place = placeOf(report, requirement);
  const { symbol, word, tone } = markOf(requirement.verdict);
  const tried = requirement.scenarios.some(({ cells }) => cells.length > 0);
  const cells = tried
    ? columns.map((column, index) => cellOf(requirement, column.id, starts(columns, index)))
    : markup`<td class="whole" colspan="${String(columns.length)}">${excerpt(requirement.reason ?? word, 120)}</td>`;
  return markup`<tr data-verdict="${requirement.verdict}" data-place="${place}"><th scope="row"><a href="#${place}" title="${requirement.title}">${name}</a>${requirement.level === 'SHOULD' ? markup` <span class="should">SHOULD</span>` : ''}</th><td class="overall ${tone}"><b aria-hidden="true">${symbol}</b> ${word}</td>${cells}</tr>
`;
}

function cellOf(requirement: RequirementReport, operation: string, first: string): Fragment {
  const verdicts = requirement.scenarios.flatMap(({ cells }) =>
    cells.filter((cell) => cell.operation === operation).map(({ verdict }) => verdict),
  );
  const verdict = worstVerdict(verdicts.map((one) => ({ verdict: one })));
  if (verdict === undefined) {
    return markup`<td class="c${first}"><b aria-hidden="true">·</b><i>not sent</i></td>`;
  }
  const { symbol, word, tone } = markOf(verdict);
  const alike = verdicts.filter((other) => other === verdict).length;
  const share =
    verdicts.length > 1 && verdict !== 'pass' ? `, ${alike} of ${count(verdicts.length, 'scenario')}` : '';
  return markup`<td class="c ${tone}${first}"><b aria-hidden="true">${symbol}</b><i>${word}${share}</i></td>`;
}
