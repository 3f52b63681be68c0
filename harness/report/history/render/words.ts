import { count } from '../../render/text.ts';
import { type Mark, markOf } from '../../render/words.ts';
import type { History, HistoryNight, HistoryRow } from '../model.ts';

/** How a night is shown; a night that could not decide is never a success. */
export function markOfNight({ outcome, decided }: HistoryNight): Mark {
  if (outcome === 'broken') return { symbol: '✕', word: 'broken', tone: 'open' };
  return decided ? markOf(outcome) : markOf('inconclusive');
}

/** How one night of a requirement is shown. */
export function markOfStrip(verdict: HistoryRow['verdicts'][number]): Mark {
  return verdict === null ? { symbol: '·', word: 'not in the report', tone: 'none' } : markOf(verdict);
}

/** Requirements that were not kept at least once, or that the last night could not decide. */
export function notableRows({ requirements }: History): readonly HistoryRow[] {
  return requirements.filter(({ firstSeen }) => firstSeen !== undefined);
}

/** "fails", "kept, 2 nights undecided". */
export function stateOf({ now, undecidedNights }: HistoryRow): string {
  const words = { fail: 'fails', known: 'known', warn: 'warning', pass: 'passes again' } as const;
  const state = now === undefined ? 'undecided' : words[now];
  if (undecidedNights === 0 || now === undefined) return state;
  return `${state}; not decided in the last ${undecidedNights === 1 ? 'night' : `${undecidedNights} nights`}`;
}

/** "gateway team, until 2026-12-31". */
export function ownersInWords({ owners }: HistoryRow): string {
  return owners.map(({ owner, expires }) => `${owner}, until ${expires}`).join('; ');
}

/** How the history as a whole is shown; a failure stays until a night decides otherwise. */
export function markOfHistory({ nights, requirements }: History): Mark {
  if (requirements.some(({ now }) => now === 'fail')) return markOf('fail');
  const last = nights.at(-1);
  return last === undefined ? markOf('inconclusive') : markOfNight(last);
}

/** "2 requirements fail", "Nothing fails", "Could not be decided". */
export function headlineOf(history: History): string {
  const failing = history.requirements.filter(({ now }) => now === 'fail').length;
  if (failing > 0) return `${count(failing, 'requirement')} ${failing === 1 ? 'fails' : 'fail'}`;
  return history.nights.at(-1)?.decided === true ? 'Nothing fails' : 'Could not be decided';
}
