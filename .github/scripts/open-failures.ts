import * as z from 'zod';
import type { Report, RequirementReport } from '../../harness/model/report.ts';
import { fixesOf } from '../../harness/report/findings/ranking.ts';
import { saysSomething } from '../../harness/report/history/night.ts';

const failureSchema = z.object({
  id: z.string(),
  title: z.string(),
  level: z.enum(['MUST', 'SHOULD']),
  /** Start of the first night in which it failed. */
  since: z.string(),
});
/** A requirement that failed in some night and has not passed since. */
export type OpenFailure = z.infer<typeof failureSchema>;

/** What this night says about it. */
export type Tonight = 'new' | 'fails' | 'passes' | 'gone' | 'undecided' | 'untested';

/** A failure that was open before the night, or is new in it. */
export interface FollowedFailure extends OpenFailure {
  readonly tonight: Tonight;
  /** Why it could not be decided, if the report says so. */
  readonly why?: string | undefined;
}

const marker = /^<!-- open: (.*) -->$/m;

/** The failures that the text of an issue stores; undefined if it stores none that can be read. */
export function openFailuresIn(body: string): readonly OpenFailure[] | undefined {
  const [, text] = marker.exec(body) ?? [];
  if (text === undefined) return undefined;
  try {
    return z.array(failureSchema).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The line that stores the failures for the next night. Nothing in it can end the comment. */
export function remembered(open: readonly OpenFailure[]): string {
  const kept = open.map(({ id, title, level, since }) => ({ id, title, level, since }));
  const text = JSON.stringify(kept).replace(
    /[<>@#\u007f-\uffff-]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `<!-- open: ${text} -->`;
}

/**
 * The failures that were open before and those of tonight; the worst of tonight come first. Without a report nothing is
 * known about the night.
 */
export function follow(before: readonly OpenFailure[], report: Report | undefined): FollowedFailure[] {
  const failing = report === undefined || report.suiteFaults.length > 0 ? [] : fixesOf(report).failing;
  const known = new Map(before.map((one) => [one.id, one]));
  const now = failing.map(({ requirement: { id, title, level } }): FollowedFailure => {
    const earlier = known.get(id);
    return {
      id,
      title,
      level,
      since: earlier?.since ?? report?.startedAt ?? '',
      tonight: earlier === undefined ? 'new' : 'fails',
    };
  });
  const failed = new Set(now.map(({ id }) => id));
  const others = before
    .filter(({ id }) => !failed.has(id))
    .map((one) => ({ ...one, ...seenIn(report, one.id) }));
  return [...now, ...others];
}

/** Only a decision of the night closes a failure. */
function seenIn(report: Report | undefined, id: string): Pick<FollowedFailure, 'tonight' | 'why'> {
  if (report === undefined || !saysSomething(report)) return { tonight: 'undecided' };
  const requirement = report.requirements.find((one) => one.id === id);
  if (requirement === undefined) return { tonight: 'gone' };
  const passes: readonly RequirementReport['verdict'][] = ['pass', 'warn', 'known'];
  if (passes.includes(requirement.verdict)) return { tonight: 'passes' };
  const tonight = requirement.verdict === 'inconclusive' ? 'undecided' : 'untested';
  return { tonight, why: requirement.reason };
}

/** The failures that stay open after the night. */
export function stillOpen(followed: readonly FollowedFailure[]): FollowedFailure[] {
  return followed.filter(({ tonight }) => tonight !== 'passes' && tonight !== 'gone');
}
