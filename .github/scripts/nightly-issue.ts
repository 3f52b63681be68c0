/**
 * Keeps the one issue of the nightly run: opens or updates it after a bad night, closes it after a good one.
 * Environment: EXIT_CODE of the run, COMPARISON_CODE of the comparison; empty where there was none.
 * usage: nightly-issue.ts <summary.md> <comparison.md>
 */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { gh, variable } from './gh.ts';
import { type BadNight, nightOf, sentences, titles } from './nights.ts';

const label = 'conformance-nightly';
/** GitHub takes 65,536 characters. */
const longestPart = 25_000;
const issuesSchema = z.array(z.object({ number: z.number(), body: z.string() }));
const repository = ['--repo', variable('GITHUB_REPOSITORY')];

const regression = process.env.COMPARISON_CODE === '1';
const night = nightOf(process.env.EXIT_CODE, regression);
const open = openIssue();
process.stdout.write(`The night is ${night}; ${night === 'healthy' ? good() : bad(night)}.\n`);

function openIssue(): { readonly number: string; readonly night: string | undefined } | undefined {
  const list = gh(
    'issue',
    'list',
    ...repository,
    '--label',
    label,
    '--state',
    'open',
    '--json',
    'number,body',
  );
  const oldest = issuesSchema.parse(JSON.parse(list)).toSorted((one, other) => one.number - other.number)[0];
  if (oldest === undefined) return undefined;
  return {
    number: `${oldest.number}`,
    night: new RegExp(`^<!-- ${label}: (\\w+) -->`).exec(oldest.body)?.[1],
  };
}

function good(): string {
  if (open === undefined) return 'no issue is open';
  comment(open.number, `${sentences.healthy}\n\n${runLine()}`);
  gh('issue', 'close', open.number, ...repository, '--reason', 'completed');
  return `issue ${open.number} is closed`;
}

function bad(kind: BadNight): string {
  const title = titles[kind];
  const body = inFile(bodyOf(kind));
  if (open === undefined) {
    const look = ['--color', 'B60205', '--description', 'What the nightly conformance run found'];
    gh('label', 'create', label, ...repository, ...look, '--force');
    gh('issue', 'create', ...repository, '--title', title, '--label', label, '--body-file', body);
    return 'an issue is opened';
  }
  const { number } = open;
  if (open.night === 'red' && kind !== 'red') {
    // What was red stays so until a night decides.
    comment(number, `${sentences[kind]} What was red before is still open.\n\n${runLine()}`);
    return `issue ${number} stays as it is, with a comment`;
  }
  gh('issue', 'edit', number, ...repository, '--title', title, '--body-file', body);
  if (open.night === kind && !regression) return `issue ${number} shows this night`;
  comment(number, `${sentences[kind]}\n\n${textIn(process.argv[3])}\n\n${runLine()}`);
  return `issue ${number} shows this night, with a comment on what is new`;
}

/** The marker is what the next night recognises the state by. */
function bodyOf(kind: BadNight): string {
  return [
    `<!-- ${label}: ${kind} -->`,
    sentences[kind],
    runLine(),
    textIn(process.argv[2]) || 'The run left no summary.',
    '---',
    textIn(process.argv[3]),
    '---',
    'This issue is kept by the nightly workflow: it shows the latest night and is closed by the first good one.',
  ].join('\n\n');
}

function runLine(): string {
  const [server, run] = [variable('GITHUB_SERVER_URL'), variable('GITHUB_RUN_ID')];
  return `[The run, with the report as artifact](${server}/${variable('GITHUB_REPOSITORY')}/actions/runs/${run})`;
}

function comment(number: string, text: string): void {
  gh('issue', 'comment', number, ...repository, '--body-file', inFile(text));
}

function textIn(path: string | undefined): string {
  if (path === undefined || !existsSync(path)) return '';
  const text = readFileSync(path, 'utf8').trim();
  if (text.length <= longestPart) return text;
  return `${text.slice(0, longestPart).replace(/\n[^\n]*$/, '')}\n\n(the rest is in the artifact)`;
}

function inFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'nightly-')), 'body.md');
  writeFileSync(path, `${text}\n`);
  return path;
}
