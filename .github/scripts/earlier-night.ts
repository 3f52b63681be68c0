import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { type Gh, variable } from './gh.ts';

const artifact = 'conformance-report';
const runsLookedAt = '40';
/** The number of nights in the history, including tonight. */
const nightsKept = 30;
const runsSchema = z.array(z.object({ databaseId: z.number() }));
const decidedSchema = z.object({
  verdict: z.enum(['conformant', 'nonconformant', 'partial']),
  suiteFaults: z.array(z.string()).max(0),
  interrupted: z.never().optional(),
});

export interface Tonight {
  /** "owner/name". */
  readonly repository: string;
  readonly branch: string;
  /** The current run. */
  readonly run: string;
}

/** The run of this job, from the variables of the runner. */
export function tonight(): Tonight {
  return {
    repository: variable('GITHUB_REPOSITORY'),
    branch: variable('GITHUB_REF_NAME'),
    run: variable('GITHUB_RUN_ID'),
  };
}

/**
 * Fetches the report of the last earlier night that could decide into a folder and returns its path; undefined if there
 * is none. Do not compare with a night that was broken, inconclusive or interrupted. "Earlier" means earlier than
 * the current run, even if this run is repeated after later ones.
 */
export function fetchEarlierNight(gh: Gh, tonight: Tonight, folder: string): string | undefined {
  for (const run of earlierNights(gh, tonight)) {
    const path = fetchReport(gh, tonight.repository, { run, artifact }, folder);
    if (path !== undefined && decides(path)) return path;
  }
  return undefined;
}

/**
 * Fetches the reports of the last nights, a folder each, for the history; returns how many there are. A report that was
 * deleted or never made is skipped; the history shows the others.
 */
export function fetchNights(gh: Gh, tonight: Tonight, folder: string): number {
  let fetched = 0;
  for (const run of earlierNights(gh, tonight)) {
    if (fetched + 1 === nightsKept) break;
    const path = fetchReport(gh, tonight.repository, { run, artifact }, join(folder, `${run}`));
    if (path !== undefined && existsSync(path)) fetched += 1;
  }
  return fetched;
}

/** Downloads the report of a run; undefined if it has none, or if its artifact was deleted. */
export function fetchReport(
  gh: Gh,
  repository: string,
  { run, artifact }: { readonly run: number; readonly artifact: string },
  folder: string,
): string | undefined {
  rmSync(folder, { recursive: true, force: true });
  try {
    gh('run', 'download', `${run}`, '--repo', repository, '--name', artifact, '--dir', folder);
  } catch {
    return undefined;
  }
  return join(folder, 'report.json');
}

/** Newest first. */
function earlierNights(gh: Gh, { repository, branch, run }: Tonight): number[] {
  const which = ['--workflow', 'nightly.yml', '--branch', branch, '--status', 'completed'];
  const text = gh(
    'run',
    'list',
    '--repo',
    repository,
    ...which,
    '--limit',
    runsLookedAt,
    '--json',
    'databaseId',
  );
  const runs = runsSchema.parse(JSON.parse(text)).map(({ databaseId }) => databaseId);
  return runs.filter((id) => id < Number(run));
}

/** Whether a report says something about its target. */
export function decides(path: string): boolean {
  try {
    return decidedSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).success;
  } catch {
    return false;
  }
}
