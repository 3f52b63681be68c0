import * as z from 'zod';
import { type Gh, inFile } from './gh.ts';

/** The author of everything that a workflow run writes. */
const ownLogin = 'github-actions[bot]';
const pagesSchema = z.array(
  z.array(
    z.object({
      id: z.number(),
      body: z.string().nullable(),
      user: z.object({ login: z.string() }).nullable(),
    }),
  ),
);

/** Where a comment is kept. */
export interface Place {
  /** "owner/name". */
  readonly repository: string;
  /** Number of the pull request. */
  readonly pullRequest: string;
  /** Distinguishes this comment from others of the same workflow. */
  readonly name: string;
}

/**
 * Keeps one comment on a pull request: creates it the first time and later replaces its text. Finds it by a hidden
 * first line, and only among comments of workflows, so that it never changes a comment of somebody else.
 */
export function keepComment(gh: Gh, place: Place, text: string): 'created' | 'updated' {
  const { repository, pullRequest, name } = place;
  const marker = `<!-- mufi-conformance: ${name.replace(/[^\w.]+/g, '-')} -->`;
  const comments = `repos/${repository}/issues/${pullRequest}/comments`;
  const pages = gh('api', '--paginate', '--slurp', `${comments}?per_page=100`);
  const own = pagesSchema
    .parse(JSON.parse(pages))
    .flat()
    .find(({ body, user }) => user?.login === ownLogin && body?.startsWith(`${marker}\n`));
  const body = `body=@${inFile(`${marker}\n\n${text}`)}`;
  if (own === undefined) {
    gh('api', '--method', 'POST', comments, '--field', body);
    return 'created';
  }
  gh('api', '--method', 'PATCH', `repos/${repository}/issues/comments/${own.id}`, '--field', body);
  return 'updated';
}
