import type { Report } from '../../harness/model/report.ts';
import { code, prose, table } from '../../harness/report/render/markdown.ts';
import {
  asClause,
  count,
  dateInWords,
  excerpt,
  oneLine,
  sentence,
} from '../../harness/report/render/text.ts';
import { type BadNight, type Night, sentences, titles } from './nights.ts';
import { type FollowedFailure, stillOpen } from './open-failures.ts';

/** GitHub allows 256 characters for a title. */
const longestTitle = 200;

/** The facts for the words of an issue. */
export interface NightFacts {
  readonly night: Night;
  readonly report: Report | undefined;
  readonly followed: readonly FollowedFailure[];
  /** What was tested less than in the night before, one sentence each. */
  readonly less: readonly string[];
}

/** The title: the cause. A failure of an earlier night that has not passed since comes first. */
export function titleOf(kind: BadNight, told: NightFacts): string {
  const cause = causeOf(kind, told);
  if (cause === undefined) return titles[kind];
  const said = `Nightly conformance: ${oneLine(cause)}`;
  return said.length <= longestTitle
    ? said
    : `${said.slice(0, longestTitle).replace(/[\ud800-\udbff]$/, '')} …`;
}

/** The same for the first line, followed in the same paragraph by what this night adds. */
export function firstLineOf(kind: BadNight, told: NightFacts): string {
  const cause = causeOf(kind, told);
  const first = cause === undefined ? sentences[kind] : `**${prose(sentence(oneLine(cause)))}**`;
  return [first, ...tonightOf(kind, told)].join(' ');
}

/** The cause in words; undefined if only the exit code is known. */
function causeOf(kind: BadNight, { report, followed, less }: NightFacts): string | undefined {
  const open = stillOpen(followed);
  const [worst] = open;
  if (kind === 'red' && worst !== undefined) {
    const more = open.length === 1 ? '' : ` (and ${count(open.length - 1, 'more', 'more')})`;
    return `fails since ${dayOf(worst.since)}: ${worst.title.replace(/\.$/, '')}${more}`;
  }
  if (kind === 'reduced')
    return less.length === 0 ? undefined : `tested less than the night before: ${less.join('; ')}`;
  if (report === undefined || report.verdict === 'conformant') return undefined;
  if (kind === 'broken') return report.suiteFaults[0] && `the run is broken: ${report.suiteFaults[0]}`;
  const why = report.cause ?? report.reason;
  return kind === 'undecided' ? `could not decide: ${why}` : why;
}

/** What this night adds: that it could not decide, and what it no longer tested. */
function tonightOf(kind: BadNight, told: NightFacts): string[] {
  const { night, less } = told;
  const missing =
    kind === 'reduced' || less.length === 0
      ? []
      : [`Tested less than the night before: ${prose(less.join('; '))}.`];
  if (night === kind || night === 'healthy') return missing;
  return [`${nightInWords(told)} What failed before is still open.`, ...missing];
}

/** The result of a night and its single cause, for the comment of a night that leaves a failure open. */
export function nightInWords(told: NightFacts): string {
  if (told.night === 'healthy') return sentences.healthy;
  const cause = told.night === 'red' ? undefined : causeOf(told.night, told);
  return cause === undefined ? sentences[told.night] : `Tonight: ${prose(asClause(oneLine(cause)))}.`;
}

/** What fails, since which night, and what changed tonight; empty if no failure is open. */
export function tableOf(followed: readonly FollowedFailure[]): string {
  if (followed.length === 0) return '';
  return table(
    ['Requirement', 'Fails since', 'Tonight'],
    followed.map((one) => [
      `${one.level} ${code(one.id)}: ${prose(one.title)}`,
      dateInWords(one.since),
      changeOf(one),
    ]),
  );
}

function changeOf({ tonight, why }: FollowedFailure): string {
  const words = {
    new: '**new**',
    fails: 'still fails',
    passes: '**passes again**',
    gone: 'is no longer in the catalogue',
    undecided: 'could not be decided',
    untested: 'was not tested',
  } as const;
  return why === undefined ? words[tonight] : `${words[tonight]}: ${prose(excerpt(why, 200))}`;
}

function dayOf(startedAt: string): string {
  return dateInWords(startedAt).replace(/, .*$/, '');
}
