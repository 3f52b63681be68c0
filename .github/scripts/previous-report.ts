/**
 * Fetches the report of the last earlier night that could decide into a folder, and writes the output `report`: its
 * path, empty where there is none. Nights that were broken or inconclusive have nothing to compare with.
 * usage: previous-report.ts <folder>
 */
import { appendFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { gh, variable } from './gh.ts';

const artifact = 'conformance-report';
const runsLookedAt = '20';
const runsSchema = z.array(z.object({ databaseId: z.number() }));
const decidedSchema = z.object({
  verdict: z.enum(['conformant', 'nonconformant', 'partial']),
  suiteFaults: z.array(z.string()).max(0),
});

const [folder = 'reports/previous'] = process.argv.slice(2);
const report = previousReport();
appendFileSync(variable('GITHUB_OUTPUT'), `report=${report ?? ''}\n`);

function previousReport(): string | undefined {
  for (const run of earlierNights()) {
    const path = fetched(run);
    if (path === undefined || !decides(path)) continue;
    process.stdout.write(`The night to compare with is run ${run}.\n`);
    return path;
  }
  process.stdout.write('There is no earlier night with a report that decides.\n');
  return undefined;
}

/** Newest first, without the run that asks. */
function earlierNights(): number[] {
  const list = [
    '--workflow',
    'nightly.yml',
    '--branch',
    variable('GITHUB_REF_NAME'),
    '--status',
    'completed',
  ];
  const text = gh('run', 'list', ...repository(), ...list, '--limit', runsLookedAt, '--json', 'databaseId');
  const runs = runsSchema.parse(JSON.parse(text)).map(({ databaseId }) => databaseId);
  return runs.filter((run) => `${run}` !== variable('GITHUB_RUN_ID'));
}

/** Undefined where the run left no report, or its artifact is gone. */
function fetched(run: number): string | undefined {
  rmSync(folder, { recursive: true, force: true });
  try {
    gh('run', 'download', `${run}`, ...repository(), '--name', artifact, '--dir', folder);
    return join(folder, 'report.json');
  } catch {
    return undefined;
  }
}

function decides(path: string): boolean {
  try {
    return decidedSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).success;
  } catch {
    return false;
  }
}

function repository(): string[] {
  return ['--repo', variable('GITHUB_REPOSITORY')];
}
