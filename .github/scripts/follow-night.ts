import * as z from 'zod';
import type { Report } from '../../harness/model/report.ts';
import { type Gh, inFile } from './gh.ts';
import { firstLineOf, type NightFacts, nightInWords, tableOf, titleOf } from './night-words.ts';
import { type BadNight, type Night, sentences } from './nights.ts';
import { follow, type OpenFailure, openFailuresIn, remembered, stillOpen } from './open-failures.ts';
import { shortened } from './shortened.ts';

const label = 'conformance-nightly';
const issuesSchema = z.array(z.object({ number: z.number(), body: z.string() }));

/** The result of a nightly run. */
export interface NightResult {
  readonly night: Night;
  readonly regression: boolean;
  /** Markdown; empty if there is none. */
  readonly summary: string;
  readonly comparison: string;
  readonly runUrl: string;
  /** The report of the night; undefined if there is none. */
  readonly report?: Report | undefined;
  /** What was tested less than in the night before, one sentence each. */
  readonly less?: readonly string[];
}

interface Issue {
  readonly number: string;
  readonly night: string | undefined;
  /** The failures that the issue stores; undefined for an issue that stores none. */
  readonly open: readonly OpenFailure[] | undefined;
}

/**
 * Opens or updates the one issue after a bad night, and closes it after a good one; returns what was done. A failure
 * stays open until a later night sees it pass, whatever else happens in between. A night that tested less than the one
 * before it gets a separate issue. If somebody opened more issues with the label, a red one comes first, then the
 * oldest, and a good night closes them all.
 */
export function followNight(gh: Gh, repository: string, ended: NightResult): string {
  const { night, report, less = [] } = ended;
  const repo = ['--repo', repository];
  const runLine = `[The run, with the report as artifact](${ended.runUrl})`;
  const done: string[] = [];
  const comment = (number: string, ...parts: readonly string[]): void => {
    gh('issue', 'comment', number, ...repo, '--body-file', inFile([...parts, runLine].join('\n\n')));
  };

  const all = openIssues();
  const red = all.find((issue) => issue.night === 'red');
  const told: NightFacts = { night, report, followed: follow(red?.open ?? [], report), less };
  const stays = stillOpen(told.followed);
  // A separate issue says that less was tested; only a person closes it.
  const others = all.filter((issue) => issue.night !== 'reduced');
  const isOver = red?.open !== undefined && red.open.length > 0 && stays.length === 0 && night !== 'red';
  if (night === 'healthy') return healthy();
  if (isOver && red !== undefined) close(red, 'Everything that failed passes again.');
  const left = all.filter((issue) => !(isOver && issue === red));
  const alike = left.filter((issue) => (issue.night === 'reduced') === (night === 'reduced'));
  if (night === 'reduced' && red !== undefined && !isOver) keepRed(red);
  bad(night, alike.find((issue) => issue.night === 'red') ?? alike[0]);
  return done.join('; ');

  /** The oldest first. */
  function openIssues(): Issue[] {
    const list = gh('issue', 'list', ...repo, '--label', label, '--state', 'open', '--json', 'number,body');
    const marker = new RegExp(`^<!-- ${label}: (\\w+) -->`);
    return issuesSchema
      .parse(JSON.parse(list))
      .toSorted((one, other) => one.number - other.number)
      .map(({ number, body }) => ({
        number: `${number}`,
        night: marker.exec(body)?.[1],
        open: openFailuresIn(body),
      }));
  }

  function close({ number }: Issue, why: string): void {
    comment(number, why, tableOf(told.followed));
    gh('issue', 'close', number, ...repo, '--reason', 'completed');
    done.push(`issue ${number} is closed`);
  }

  function healthy(): string {
    if (others.length === 0) return 'no issue is open';
    const closing = others.filter((issue) => issue !== red || stays.length === 0);
    for (const issue of closing) close(issue, sentences.healthy);
    if (red !== undefined && stays.length > 0)
      edit(red.number, 'red', 'stays open: not everything that failed was tested');
    if (closing.length > 1) {
      return `issues ${closing.map(({ number }) => number).join(', ')} are closed`;
    }
    return done.join('; ');
  }

  /** A red issue stays red until a night sees its failures pass. */
  function keepRed({ number, open }: Issue): void {
    if (open === undefined || open.length === 0) return;
    edit(number, 'red', 'stays red');
  }

  function edit(number: string, kind: BadNight, what: string): void {
    const body = inFile(bodyOf(kind, ended, told, runLine));
    gh('issue', 'edit', number, ...repo, '--title', titleOf(kind, told), '--body-file', body);
    done.push(`issue ${number} ${what}`);
  }

  function bad(kind: BadNight, open: Issue | undefined): void {
    if (open === undefined) {
      const look = ['--color', 'B60205', '--description', 'What the nightly conformance run found'];
      gh('label', 'create', label, ...repo, ...look, '--force');
      const content = [
        '--title',
        titleOf(kind, told),
        '--body-file',
        inFile(bodyOf(kind, ended, told, runLine)),
      ];
      gh('issue', 'create', ...repo, '--label', label, ...content);
      done.push('an issue is opened');
    } else if (open.night === 'red' && kind !== 'red') {
      if (stays.length > 0) {
        edit(open.number, 'red', 'keeps what failed before, with a comment on this night');
      } else {
        done.push(`issue ${open.number} stays as it is, with a comment`);
      }
      comment(open.number, `${nightInWords(told)} What failed before is still open.`);
    } else if (open.night === kind && !ended.regression && !hasChanged()) {
      edit(open.number, kind, 'shows this night');
    } else {
      edit(open.number, kind, 'shows this night, with a comment on what is new');
      comment(open.number, firstLineOf(kind, told), tableOf(told.followed), shortened(ended.comparison));
    }
  }

  /** True if a stored failure passes now, or something else fails. */
  function hasChanged(): boolean {
    if (red?.open === undefined) return false;
    return told.followed.some(({ tonight }) => ['new', 'passes', 'gone'].includes(tonight));
  }
}

/** The next night recognises the state by the first two lines. */
function bodyOf(
  kind: BadNight,
  { summary, comparison }: NightResult,
  told: NightFacts,
  runLine: string,
): string {
  const { followed } = told;
  return [
    [`<!-- ${label}: ${kind} -->`, ...(kind === 'red' ? [remembered(stillOpen(followed))] : [])].join('\n'),
    firstLineOf(kind, told),
    ...(kind === 'red' && followed.length > 0 ? [tableOf(followed)] : []),
    runLine,
    shortened(summary) || 'The run left no summary.',
    '---',
    shortened(comparison),
    '---',
    'The nightly workflow keeps this issue: it shows the latest night, and closes when everything that failed passes.',
  ].join('\n\n');
}
