import type { Report } from '../../harness/model/report.ts';
import { compareReports } from '../../harness/report/compare/compare.ts';
import type { Comparison, RequirementPair } from '../../harness/report/compare/model.ts';
import { type Fix, fixesOf } from '../../harness/report/findings/ranking.ts';
import { code, prose } from '../../harness/report/render/markdown.ts';
import { count, figure, printableDeep, sentence } from '../../harness/report/render/text.ts';
import { markOfRun, verdictInWords } from '../../harness/report/render/words.ts';
import { operationsTestedInWords } from './gate-rules.ts';
import { shortened } from './shortened.ts';

const failuresShown = 3;
const changesShown = 10;

/** The result of a gate on a pull request. */
export interface GateResult {
  /** Whether the gate is open. */
  readonly open: boolean;
  /** Why the gate is not open, one sentence each. */
  readonly objections: readonly string[];
  /** The merged report; undefined if the gate has none. */
  readonly report?: Report | undefined;
  readonly base: BaseBranch;
  readonly runUrl: string;
  /** Name of the artifact with the report. */
  readonly artifact: string;
}

/** The base branch of the pull request and its latest report, or one sentence that says why there is none. */
export interface BaseBranch {
  readonly branch: string;
  readonly report: Report | { readonly missing: string };
}

/** The comment: the verdict, what is new compared with the base branch, the worst failures with their fix, and a link. */
export function commentOf({
  open,
  objections,
  report: untrusted,
  base,
  runUrl,
  artifact,
}: GateResult): string {
  const report = untrusted && printableDeep(untrusted);
  const parts = [
    headingOf(report),
    open ? '**The gate is open.**' : closedBecause(objections),
    operationsOf(report),
    worstOf(report),
    report && [`### Compared with ${code(base.branch)}`, againstBase(report, base)].join('\n\n'),
    `[The run, with the whole report as artifact](${runUrl}) ${code(artifact)}`,
  ];
  return shortened(parts.filter((part) => part !== undefined).join('\n\n'));
}

function headingOf(report: Report | undefined): string {
  if (report === undefined) return '## ✕ Mufi auth: broken';
  return `## ${markOfRun(report).symbol} Mufi auth: ${verdictInWords(report)}`;
}

function closedBecause(objections: readonly string[]): string {
  if (objections.length === 0) return '**The gate is closed; the log of the run says why.**';
  const items = objections.map((objection) => `- ${prose(sentence(objection))}`);
  return ['**The gate is closed:**', items.join('\n')].join('\n\n');
}

function operationsOf(report: Report | undefined): string | undefined {
  const operations = report && operationsTestedInWords(report.target);
  return operations === undefined ? undefined : `Not every operation is tested: ${prose(operations)}.`;
}

function worstOf(report: Report | undefined): string | undefined {
  const failing = report === undefined ? [] : fixesOf(report).failing;
  if (failing.length === 0) return undefined;
  const items = failing.slice(0, failuresShown).map(itemOf);
  const more = failing.length - items.length;
  const rest = more > 0 ? [`and ${figure(more)} more in the report`] : [];
  return ['### What to fix first', items.join('\n'), ...rest].join('\n\n');
}

function itemOf({ requirement, advice }: Fix, at: number): string {
  const { level, id, title } = requirement;
  return `${at + 1}. ${level} ${code(id)}: ${prose(title)}\n   Fix: ${prose(sentence(advice))}`;
}

function againstBase(report: Report, { report: before }: BaseBranch): string {
  if ('missing' in before) return prose(before.missing);
  const comparison = printableDeep(compareReports(before, report, { strict: false }));
  return [
    `**${prose(sentence(comparison.reason))}**`,
    ...listed('New', comparison, ({ consequence }) => consequence === 'regression'),
    ...listed('Passes again', comparison, ({ change }) => change === 'newly-passing'),
  ].join('\n\n');
}

function listed(
  title: string,
  { requirements }: Comparison,
  holds: (pair: RequirementPair) => boolean,
): string[] {
  const pairs = requirements.filter(holds);
  if (pairs.length === 0) return [];
  const items = pairs
    .slice(0, changesShown)
    .map((pair) => `- ${pair.level} ${code(pair.id)}: ${prose(pair.title)}`);
  const more = pairs.length - items.length;
  const rest = more > 0 ? [`- and ${count(more, 'more', 'more')}`] : [];
  return [`${title}:\n\n${[...items, ...rest].join('\n')}`];
}
