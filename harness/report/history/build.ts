import { count, dateInWords, withId } from '../render/text.ts';
import { testedLess } from './less.ts';
import type { History, HistoryNight, HistoryRow, Night, SkippedFile } from './model.ts';
import { rowsOf } from './rows.ts';

/**
 * The nights in order of time. Of several reports of one run only one is used. A report of another target than the
 * latest one is left out and named. Needs at least one night.
 */
export function buildHistory(found: readonly Night[], leftOut: readonly SkippedFile[]): History {
  const timed = found.toSorted((one, other) => Date.parse(one.startedAt) - Date.parse(other.startedAt));
  const target = timed.at(-1)?.address ?? 'nothing';
  const same = timed.filter(({ address }) => address === target);
  const nights = same.filter(({ runId }, at) => same.findIndex((one) => one.runId === runId) === at);
  const requirements = rowsOf(nights);
  const shown = nights.map((night, at) => shownOf(night, nights.slice(0, at)));
  return {
    schemaVersion: '1.0',
    target,
    summary: summaryOf(shown, requirements),
    nights: shown,
    requirements,
    leftOut: [
      ...leftOut,
      ...timed
        .filter(({ address }) => address !== target)
        .map(({ file, address }) => ({ file, why: `it is about another target, ${address}` })),
      ...same
        .filter((night) => !nights.includes(night))
        .map(({ file, runId }) => ({ file, why: `the run ${runId} is here already` })),
    ],
  };
}

function shownOf(night: Night, earlier: readonly Night[]): HistoryNight {
  const { runId, startedAt, durationMs, outcome, reason, decided, suiteVersion, counts } = night;
  const before = earlier.findLast((one) => one.decided);
  const seconds = durationMs / 1000;
  return {
    runId,
    startedAt,
    durationMs,
    outcome,
    reason,
    decided,
    suiteVersion,
    counts: {
      requirements: counts.requirements,
      scenarios: counts.scenarios,
      cells: counts.cells,
      requests: counts.requests,
    },
    failing: night.requirements.filter(({ verdict }) => verdict === 'fail').length,
    requestsPerSecond: seconds > 0 ? Math.round((counts.requests / seconds) * 10) / 10 : 0,
    less: before === undefined || !decided ? [] : testedLess(before, night),
  };
}

/** The current state: what fails and since when, and whether the last night could tell. */
function summaryOf(nights: readonly HistoryNight[], rows: readonly HistoryRow[]): string {
  const failing = rows.filter(({ now }) => now === 'fail');
  const [first] = failing;
  const fails =
    first === undefined
      ? 'Nothing fails'
      : `${count(failing.length, 'requirement')} ${failing.length === 1 ? 'fails' : 'fail'}, ${withId(first)} since ${dateInWords(first.since ?? '')}`;
  const last = nights.at(-1);
  if (last === undefined) return fails;
  if (!last.decided) {
    const what = last.outcome === 'broken' ? 'the last run is broken' : 'the last night could not decide';
    return first === undefined
      ? `Nobody knows whether anything fails: ${what}: ${last.reason}`
      : `${fails}; ${what}: ${last.reason}`;
  }
  const [less] = last.less;
  return less === undefined ? fails : `${fails}; the last night tested less than the one before: ${less}`;
}
