import type { Report } from '../../model/report.ts';
import { type Fix, fixesOf } from '../findings/ranking.ts';
import { entryMark, outOfDateOf, scopeOf } from './baseline.ts';
import { code, prose, table } from './markdown.ts';
import { consequenceOf, reachOf } from './plain.ts';
import {
  familiesOf,
  faultsOf,
  nextStep,
  nothingDecided,
  stoppedEarly,
  undecidedOf,
  untestedInWords,
} from './tally.ts';
import { asClause, capitalised, count, duration, excerpt, figure, printableDeep } from './text.ts';
import { waysBeside } from './unlocks.ts';
import { afterDemo, markOf, markOfRun, slowedInWords, tableVerdicts, verdictInWords } from './words.ts';

const failuresShown = 20;

/** `summary.md`: what people read on the page of a workflow run. */
export function renderSummary(untrusted: Report): string {
  const report = printableDeep(untrusted);
  const { failing, note, warning } = fixesOf(report);
  const empty = nothingDecided(report);
  const sections = [
    verdictHeading(report),
    empty ? whatToDo(report) : profileTable(report),
    failing.length > 0 ? failureTable(failing, note) : undefined,
    baseline(report),
    warning.length > 0
      ? `${count(warning.length, 'requirement')} with a warning: ${idsOf(warning)}`
      : undefined,
    openVerdict(report),
    notTested(report),
    empty ? undefined : familyTable(report),
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function verdictHeading(report: Report): string {
  const mark = markOfRun(report);
  const demo = afterDemo(report);
  const slowed = slowedInWords(report);
  const { requirements, scenarios, cells, requests } = report.counts;
  const figures = [
    count(requirements, 'requirement'),
    count(scenarios, 'scenario'),
    count(cells, 'cell'),
    count(requests, 'request'),
    duration(report.durationMs),
  ].join(', ');
  const faults = faultsOf(report).map((fault) => `- Fault of the suite: ${prose(fault)}`);
  const lines = [
    `## ${mark.symbol} Mufi auth: ${verdictInWords(report)}`,
    `**${prose(capitalised(report.cause ?? report.reason))}**`,
    ...(demo === undefined ? [] : [prose(demo)]),
    ...(faults.length > 0 ? [faults.join('\n')] : []),
    `${code(report.target.baseUrl)} · ${figures}`,
    ...(slowed === undefined ? [] : [prose(slowed)]),
  ];
  return lines.join('\n\n');
}

function whatToDo(report: Report): string {
  const [before, command, after] = nextStep(report);
  return `${prose(before)} ${code(command)} ${prose(after)}`;
}

function profileTable(report: Report): string {
  const rows = report.profiles.map(({ id, verdict, reason }) => [
    id,
    `${markOf(verdict).symbol} ${markOf(verdict).word}`,
    prose(reason ?? ''),
  ]);
  return table(['Profile', 'Verdict', 'Why'], rows);
}

function failureTable(failing: readonly Fix[], note: string | undefined): string {
  const rows = failing.slice(0, failuresShown).map((fix) => {
    const [block] = fix.blocks;
    return [
      `${fix.requirement.level}: ${prose(excerpt(fix.requirement.title, 200))} (${code(fix.requirement.id)})`,
      prose(
        [
          block?.messages[0] ?? block?.actual ?? fix.requirement.reason ?? '',
          ...(block?.answerer ?? []),
        ].join('; '),
      ),
      reachOf(fix),
      prose([consequenceOf(fix), asClause(fix.advice)].filter(Boolean).join('; ')),
    ];
  });
  const more = failing.length - failuresShown;
  return [
    '### What to fix, worst first',
    ...(note === undefined ? [] : [`${prose(note)}.`]),
    table(['Requirement', 'What happened', 'Where', 'Fix'], rows),
    ...(more > 0 ? [`and ${figure(more)} more in the report`] : []),
  ].join('\n\n');
}

function baseline(report: Report): string | undefined {
  if (report.baseline === undefined || report.baseline.entries.length === 0) return undefined;
  const rows = report.baseline.entries
    .slice(0, failuresShown)
    .map((entry) => [
      `${entryMark(entry).symbol} ${entryMark(entry).word}`,
      code(scopeOf(entry)),
      prose(entry.why),
      prose(entry.reason),
      prose(entry.owner),
      entry.expires,
    ]);
  const late = outOfDateOf(report).length;
  const more = report.baseline.entries.length - rows.length;
  return [
    late === 0 ? '### Baseline' : `### Baseline, ${count(late, 'entry', 'entries')} out of date`,
    table(['State', 'Entry', 'Why', 'Reason', 'Owner', 'Until'], rows),
    ...(more > 0 ? [`and ${figure(more)} more in the report`] : []),
  ].join('\n\n');
}

function openVerdict(report: Report): string | undefined {
  const groups = undecidedOf(report);
  if (groups.length === 0 || stoppedEarly(report)) return undefined;
  const items = groups.map(
    ({ reason, requirements }) => `- ${prose(reason)} (${count(requirements.length, 'requirement')})`,
  );
  return ['### Could not be decided', items.join('\n')].join('\n\n');
}

function notTested(report: Report): string | undefined {
  if (report.notTested.length === 0) return undefined;
  const items = report.notTested.map((entry) => {
    const { capability, unlock, requirements } = entry;
    const ways = waysBeside(entry, code);
    return `- ${prose(capability)}, ${untestedInWords(requirements, report)}: ${prose(unlock)} ${ways}`.trimEnd();
  });
  return ['### Not tested', items.join('\n')].join('\n\n');
}

function familyTable(report: Report): string {
  const columns = tableVerdicts(report);
  const rows = familiesOf(report).map((one) => [
    prose(one.family),
    ...columns.map((verdict) => figure(verdict === 'not-tested' ? one.notTested : one[verdict])),
  ]);
  const heads = columns.map((verdict) => markOf(verdict).word);
  const counts = table(['Family', ...heads], rows);
  return `<details><summary>Counts by family</summary>\n\n${counts}\n\n</details>`;
}

function idsOf(fixes: readonly Fix[]): string {
  return fixes.map((fix) => code(fix.requirement.id)).join(', ');
}
