import type { BaselineEntryReport, Report } from '../../model/report.ts';
import { gates } from '../baseline-entries.ts';
import { oneLine } from './text.ts';
import type { Mark } from './words.ts';

const marks: Readonly<Record<BaselineEntryReport['state'], Mark>> = {
  stale: { symbol: '✕', word: 'stale', tone: 'bad' },
  expired: { symbol: '✕', word: 'expired', tone: 'bad' },
  known: { symbol: '◐', word: 'known', tone: 'known' },
  'not-judged': { symbol: '○', word: 'not judged', tone: 'none' },
};

/** Symbol, word and tone for the state of an entry. */
export function entryMark({ state }: BaselineEntryReport): Mark {
  return marks[state];
}

/** What an entry covers: "token/signature-verified/zeros @ POST /v1/events/create". */
export function scopeOf({ requirement, scenario, operation }: BaselineEntryReport): string {
  const what = scenario ?? requirement;
  return oneLine(operation === undefined ? what : `${what} @ ${operation}`);
}

/** The entries of a report that gate. */
export function outOfDateOf({ baseline }: Report): readonly BaselineEntryReport[] {
  return baseline?.entries.filter(gates) ?? [];
}
