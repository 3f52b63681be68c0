import * as z from 'zod';
import { decides, fetchReport } from './earlier-night.ts';
import type { Gh } from './gh.ts';

const artifactsSchema = z.object({
  artifacts: z.array(
    z.object({
      expired: z.boolean(),
      created_at: z.string(),
      workflow_run: z.object({
        id: z.number(),
        repository_id: z.number(),
        head_repository_id: z.number(),
        head_branch: z.string(),
      }),
    }),
  ),
});

/** The target branch of a pull request, and the name of its report. */
export interface Base {
  /** "owner/name". */
  readonly repository: string;
  readonly branch: string;
  readonly artifact: string;
}

/**
 * Fetches the latest report of the base branch with a verdict into a folder and returns its path; undefined if none is
 * found. A branch of the same name in a fork does not count. Throws if GitHub does not list the artifacts.
 */
export function fetchBaseReport(
  gh: Gh,
  { repository, branch, artifact }: Base,
  folder: string,
): string | undefined {
  const query = new URLSearchParams({ name: artifact, per_page: '100' });
  const text = gh('api', `repos/${repository}/actions/artifacts?${query}`);
  const runs = artifactsSchema
    .parse(JSON.parse(text))
    .artifacts.filter(({ expired, workflow_run: run }) => {
      return !expired && run.head_branch === branch && run.head_repository_id === run.repository_id;
    })
    .toSorted((one, other) => other.created_at.localeCompare(one.created_at))
    .map(({ workflow_run: { id } }) => id);
  for (const run of new Set(runs)) {
    const path = fetchReport(gh, repository, { run, artifact }, folder);
    if (path !== undefined && decides(path)) return path;
  }
  return undefined;
}
