import type { Report } from '../../model/report.ts';
import { type Fix, fixesOf } from '../findings/ranking.ts';
import { entryMark, scopeOf } from './baseline.ts';
import { consequenceOf, headlineOf, type Line, linesOf, restOf, sourceOf } from './plain.ts';
import { familiesOf, faultsOf, stoppedEarly, undecidedOf, untestedInWords } from './tally.ts';
import { capitalised, count, duration, excerpt, figure, oneLine, printableDeep } from './text.ts';
import { unlockInWords } from './unlocks.ts';
import {
  type AnyVerdict,
  afterDemo,
  markOf,
  markOfRun,
  shownLevel,
  slowedInWords,
  tableVerdicts,
  verdictInWords,
} from './words.ts';
import { type Paint, type Sheet, sheetOf, tones, wrapped } from './wrap.ts';

export interface TerminalOptions {
  readonly color: boolean;
  readonly reportPath: string;
  readonly columns: number;
}

const failuresShown = 10;
const warningsShown = 10;
const entriesShown = 20;

/** What is printed at the end of a run. */
export function renderTerminal(untrusted: Report, options: TerminalOptions): string {
  const report = printableDeep(untrusted);
  const sheet = sheetOf({ color: options.color, columns: options.columns || 80 });
  const sections = [
    ...(stoppedEarly(report) ? [] : failures(report, sheet)),
    stoppedEarly(report) ? undefined : warnings(report, sheet),
    baseline(report, sheet),
    openVerdictText(report, sheet),
    notTested(report, sheet),
    stoppedEarly(report) ? undefined : familyTable(report, sheet),
    profiles(report, sheet),
    closing(report, options.reportPath, sheet),
  ];
  return `${sections.filter((section) => section !== undefined).join('\n\n')}\n`;
}

function failures(report: Report, sheet: Sheet): readonly string[] {
  const { failing, note } = fixesOf(report);
  const more = failing.length - failuresShown;
  const blocks = failing.slice(0, failuresShown).map((fix) => failure(fix, sheet));
  const noted =
    note === undefined ? [] : [`${sheet.paint('yellow', 'note')}    ${wrapped(note, sheet.width, 8)}`];
  return [...noted, ...blocks, ...(more > 0 ? [`  and ${figure(more)} more in the report`] : [])];
}

function failure(fix: Fix, { paint, width }: Sheet): string {
  const level = fix.requirement.level.padEnd(6);
  const headline = wrapped(`${headlineOf(fix)} (${sourceOf(fix)})`, width, 8);
  const [block] = fix.blocks;
  const rest = restOf(fix);
  const lines = block === undefined ? [] : linesOf(block);
  const all = rest === undefined ? lines : beforeControl(lines, ['also', rest]);
  const consequence = consequenceOf(fix);
  const noted: readonly Line[] = consequence === undefined ? all : [['note', consequence], ...all];
  const body = noted.map(([label, value]) => {
    const text = isCommand(label) ? value : wrapped(excerpt(value, 600), width, 14);
    const emphasis = label === 'actual' ? paint('red', text) : label === 'fix' ? paint('bold', text) : text;
    return `    ${paint('dim', label.padEnd(8))}  ${emphasis}`;
  });
  return [`${paint(['red', 'bold'], '✕')} ${paint('bold', level)}${headline}`, ...body].join('\n');
}

/** Commands stay on one line so that people can copy them. */
function isCommand(label: string): boolean {
  return label === 'replay' || label === 'steps';
}

function warnings(report: Report, { paint, width }: Sheet): string | undefined {
  const { warning } = fixesOf(report);
  if (warning.length === 0) return undefined;
  const lines = warning.slice(0, warningsShown).map((fix) => {
    const text = `${shownLevel(fix.requirement)} ${headlineOf(fix)}`;
    return `${paint('yellow', '!')} ${wrapped(text, width, 2)}`;
  });
  const more = warning.length - lines.length;
  return [...lines, ...(more > 0 ? [`  and ${figure(more)} more in the report`] : [])].join('\n');
}

function beforeControl(lines: readonly Line[], line: Line): readonly Line[] {
  const place = lines.findIndex(([label]) => label === 'control' || label === 'fix');
  return lines.toSpliced(place, 0, line);
}

/** The entries that matter in this run: those that gate in full, the others in one line. */
function baseline({ baseline: known }: Report, { paint, width }: Sheet): string | undefined {
  const entries = known?.entries.filter(({ state }) => state !== 'not-judged') ?? [];
  if (entries.length === 0) return undefined;
  const lines = entries.map((entry) => {
    const { symbol, word, tone } = entryMark(entry);
    const text = `baseline ${scopeOf(entry)} is ${word}: ${entry.why} (${entry.owner}, until ${entry.expires})`;
    return `${paint(tones[tone], symbol)} ${wrapped(oneLine(text), width, 2)}`;
  });
  const more = lines.length - entriesShown;
  return [
    ...lines.slice(0, entriesShown),
    ...(more > 0 ? [`  and ${figure(more)} more in the report`] : []),
  ].join('\n');
}

function openVerdictText(report: Report, { paint, width }: Sheet): string | undefined {
  const groups = undecidedOf(report);
  if (groups.length === 0 || stoppedEarly(report)) return undefined;
  const lines = groups.slice(0, 5).map(({ reason, requirements }) => {
    const text = `${excerpt(oneLine(reason), 300)} (${count(requirements.length, 'requirement')})`;
    return `${paint('magenta', '?')} ${wrapped(text, width, 2)}`;
  });
  const more = groups.length - lines.length;
  return [...lines, ...(more > 0 ? [`  and ${count(more, 'more reason')} in the report`] : [])].join('\n');
}

function notTested(report: Report, { paint, width }: Sheet): string | undefined {
  if (report.notTested.length === 0) return undefined;
  const lines = report.notTested.map((entry) => {
    const text = `${entry.capability}: ${untestedInWords(entry.requirements, report)}. ${unlockInWords(entry)}`;
    return paint('dim', `○ ${wrapped(oneLine(text), width, 2)}`);
  });
  return lines.join('\n');
}

function familyTable(report: Report, { paint }: Sheet): string {
  const columns = tableVerdicts(report);
  const heads = columns.map((verdict) => markOf(verdict).word);
  const name = Math.max(12, ...familiesOf(report).map(({ family }) => family.length));
  const rows = familiesOf(report).map((family) => {
    const amounts = columns.map((verdict) => (verdict === 'not-tested' ? family.notTested : family[verdict]));
    const cells = amounts.map((amount, index) => {
      const text = figure(amount).padStart(heads[index]?.length ?? 0);
      const verdict = columns[index] ?? 'pass';
      return amount === 0 ? paint('dim', text) : paint(tones[markOf(verdict).tone], text);
    });
    return `  ${family.family.padEnd(name)}  ${cells.join('  ')}`;
  });
  return [paint('dim', `  ${''.padEnd(name)}  ${heads.join('  ')}`), ...rows].join('\n');
}

function profiles(report: Report, { paint }: Sheet): string {
  return report.profiles
    .map(({ id, verdict }) => `  ${id.padEnd(10)}  ${paintedVerdict(verdict, paint)}`)
    .join('\n');
}

function paintedVerdict(verdict: AnyVerdict, paint: Paint): string {
  const { symbol, word, tone } = markOf(verdict);
  return paint(tones[tone], `${symbol} ${word}`);
}

function closing(report: Report, reportPath: string, { paint, width }: Sheet): string {
  const { symbol, tone } = markOfRun(report);
  const notes = [slowedInWords(report), afterDemo(report)].filter((note) => note !== undefined);
  const { requirements, scenarios, cells, requests } = report.counts;
  const reason = wrapped(
    `${capitalised(verdictInWords(report))}: ${oneLine(report.cause ?? report.reason)}`,
    width,
    2,
  );
  const figures = [
    count(requirements, 'requirement'),
    count(scenarios, 'scenario'),
    count(cells, 'cell'),
    count(requests, 'request'),
    duration(report.durationMs),
  ].join(', ');
  const faults = faultsOf(report).map((fault) => `! fault of the suite: ${oneLine(fault)}`);
  return [
    ...faults.map((fault) => paint('yellow', wrapped(fault, width, 2))),
    paint([tones[tone], 'bold'], `${symbol} ${reason}`),
    `  ${figures}`,
    ...notes.map((note) => `  ${wrapped(note, width, 2)}`),
    `  ${oneLine(reportPath)}`,
  ].join('\n');
}
