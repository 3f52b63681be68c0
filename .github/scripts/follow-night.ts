import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { Gh } from './gh.ts';
import { type BadNight, type Night, sentences, titles } from './nights.ts';
import { shortened } from './shortened.ts';

const label = 'conformance-nightly';
const issuesSchema = z.array(z.object({ number: z.number(), body: z.string() }));

/** What the nightly run knows when it is over. */
export interface Ended {
  readonly night: Night;
  readonly regression: boolean;
  /** Markdown; empty where there is none. */
  readonly summary: string;
  readonly comparison: string;
  readonly runUrl: string;
}

/**
 * Opens or updates the one issue after a bad night, closes it after a good one; answers what was done. A night that
 * tested less than the one before it has an issue of its own. Where somebody
 * opened more with its label, the oldest is kept, and a good night closes them all.
 */
export function followNight(gh: Gh, repository: string, ended: Ended): string {
  const { night, regression } = ended;
  const repo = ['--repo', repository];
  const runLine = `[The run, with the report as artifact](${ended.runUrl})`;
  const comment = (number: string, ...parts: readonly string[]): void => {
    gh('issue', 'comment', number, ...repo, '--body-file', inFile([...parts, runLine].join('\n\n')));
  };

  // That less was tested is an issue of its own, which only a person closes.
  const issues = openIssues().filter((issue) => (issue.night === 'reduced') === (night === 'reduced'));
  const [open] = issues;
  if (night !== 'healthy') return bad(night);
  if (open === undefined) return 'no issue is open';
  for (const { number } of issues) {
    comment(number, sentences.healthy);
    gh('issue', 'close', number, ...repo, '--reason', 'completed');
  }
  const numbers = issues.map(({ number }) => number).join(', ');
  return issues.length === 1 ? `issue ${numbers} is closed` : `issues ${numbers} are closed`;

  /** The oldest first. */
  function openIssues(): { readonly number: string; readonly night: string | undefined }[] {
    const list = gh('issue', 'list', ...repo, '--label', label, '--state', 'open', '--json', 'number,body');
    const marker = new RegExp(`^<!-- ${label}: (\\w+) -->`);
    return issuesSchema
      .parse(JSON.parse(list))
      .toSorted((one, other) => one.number - other.number)
      .map(({ number, body }) => ({ number: `${number}`, night: marker.exec(body)?.[1] }));
  }

  function bad(kind: BadNight): string {
    if (open !== undefined && open.night === 'red' && kind !== 'red') {
      // What was red stays so until a night decides.
      comment(open.number, `${sentences[kind]} What failed before is still open.`);
      return `issue ${open.number} stays as it is, with a comment`;
    }
    const content = ['--title', titles[kind], '--body-file', inFile(bodyOf(kind, ended, runLine))];
    if (open === undefined) {
      const look = ['--color', 'B60205', '--description', 'What the nightly conformance run found'];
      gh('label', 'create', label, ...repo, ...look, '--force');
      gh('issue', 'create', ...repo, '--label', label, ...content);
      return 'an issue is opened';
    }
    gh('issue', 'edit', open.number, ...repo, ...content);
    if (open.night === kind && !regression) return `issue ${open.number} shows this night`;
    comment(open.number, sentences[kind], shortened(ended.comparison));
    return `issue ${open.number} shows this night, with a comment on what is new`;
  }
}

/** The marker is what the next night recognises the state by. */
function bodyOf(kind: BadNight, { summary, comparison }: Ended, runLine: string): string {
  return [
    `<!-- ${label}: ${kind} -->`,
    sentences[kind],
    runLine,
    shortened(summary) || 'The run left no summary.',
    '---',
    shortened(comparison),
    '---',
    'The nightly workflow keeps this issue: it shows the latest night, and the first good night closes it.',
  ].join('\n\n');
}

/** Text never goes through an argument: it may be long, and may begin with a dash. */
function inFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'nightly-')), 'body.md');
  writeFileSync(path, `${text}\n`);
  return path;
}
