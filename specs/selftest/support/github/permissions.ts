import type { Tree, TreeMap } from './read.ts';

/** What the token of a job may do. */
export type Granted = 'all' | Readonly<Record<string, string>>;

const levels = ['none', 'read', 'write'];

/** The permissions of a job: those that it requests, otherwise those that it is given. */
export function grantedBy(asked: Tree | undefined, given: Granted): Granted {
  return asked === undefined ? given : (asked as Readonly<Record<string, string>>);
}

/**
 * What GitHub reports about a workflow that requests more permissions than its caller has, whatever the conditions of
 * its jobs are.
 */
export function refusalsOf(tree: TreeMap, given: Granted): string[] {
  if (given === 'all') return [];
  return Object.entries(tree.jobs as Readonly<Record<string, TreeMap>>).flatMap(([id, job]) => {
    const asked = job.permissions ?? tree.permissions ?? {};
    return Object.entries(asked as Readonly<Record<string, string>>)
      .filter(([scope, level]) => levels.indexOf(level) > levels.indexOf(given[scope] ?? 'none'))
      .map(
        ([scope, level]) =>
          `The nested job '${id}' is requesting '${scope}: ${level}', but is only allowed '${scope}: ${given[scope] ?? 'none'}'.`,
      );
  });
}
