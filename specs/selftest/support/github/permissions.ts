import type { Tree, TreeMap } from './read.ts';

/** What the token of a job may do. */
export type Granted = 'all' | Readonly<Record<string, string>>;

const levels = ['none', 'read', 'write'];

/** What a job may do: what it asks for, or else what it is given. */
export function grantedBy(asked: Tree | undefined, given: Granted): Granted {
  return asked === undefined ? given : (asked as Readonly<Record<string, string>>);
}

/** What GitHub has against a workflow that asks for more than its caller may, whatever the conditions of its jobs say. */
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
