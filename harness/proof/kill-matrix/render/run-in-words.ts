import type { KillMatrix } from '../matrix.ts';

/** What was proved, when, for how long and on what machine; and what was proved in a second run. */
export function runInWords({ suite, startedAt, durationMs, machine, again = [] }: KillMatrix): string {
  const digest = suite.catalogueDigest.slice(0, 19);
  const seconds = Math.round(durationMs / 1000);
  const second =
    again.length === 0 ? '' : ` Proved again after a change of faults alone: ${again.join(', ')}.`;
  return `${suite.name} ${suite.version}, catalogue ${digest}, ${startedAt.slice(0, 10)}, ${seconds} s, ${machine}.${second}`;
}
