import { code, prose, table } from '../../render/markdown.ts';
import { count, dateInWords, duration, figure, printableDeep } from '../../render/text.ts';
import { markOf } from '../../render/words.ts';
import type { History, HistoryNight, HistoryRow } from '../model.ts';
import {
  headlineOf,
  markOfHistory,
  markOfNight,
  markOfStrip,
  notableRows,
  ownersInWords,
  stateOf,
} from './words.ts';

/** `history.md`: what fails and since when, then the nights. */
export function renderHistoryMarkdown(untrusted: History): string {
  const history = printableDeep(untrusted);
  const rows = notableRows(history);
  const { nights, leftOut } = history;
  return `${[
    `## ${markOfHistory(history).symbol} Mufi auth: ${headlineOf(history)} (${count(nights.length, 'night')})`,
    `**${prose(history.summary)}**`,
    code(history.target),
    rows.length === 0 ? 'Every requirement was kept in every night that could decide it.' : tableOfRows(rows),
    '### Nights',
    table(
      ['Night', 'Verdict', 'Why', 'Failing', 'Cells', 'Requests', 'Took'],
      nights.toReversed().map(rowOfNight),
    ),
    ...(leftOut.length === 0
      ? []
      : ['### Left out', leftOut.map(({ file, why }) => `- ${code(file)}: ${prose(why)}`).join('\n')]),
  ].join('\n\n')}\n`;
}

function tableOfRows(rows: readonly HistoryRow[]): string {
  const heads = ['Requirement', 'Nights, the latest last', 'Now', 'First seen', 'Since', 'Changes', 'Owner'];
  return table(
    heads,
    rows.map((row) => [
      `${row.level} ${code(row.id)}: ${prose(row.title)}`,
      row.verdicts.map((verdict) => markOfStrip(verdict).symbol).join(''),
      stateOf(row),
      dateInWords(row.firstSeen ?? ''),
      dateInWords(row.since ?? ''),
      `${figure(row.changes)}${row.flaky ? ' (flaky)' : ''}`,
      prose(ownersInWords(row)),
    ]),
  );
}

function rowOfNight(night: HistoryNight): string[] {
  const { symbol, word } = markOfNight(night);
  const less = night.less.map((what) => `tested less: ${what}`);
  return [
    dateInWords(night.startedAt),
    `${symbol} ${word}`,
    prose([night.reason, ...less].join('; ')),
    night.decided ? figure(night.failing) : markOf('inconclusive').symbol,
    figure(night.counts.cells),
    figure(night.counts.requests),
    duration(night.durationMs),
  ];
}
