import { count, dateInWords, excerpt, oneLine, printableDeep } from '../../render/text.ts';
import type { Mark } from '../../render/words.ts';
import { type Sheet, sheetOf, tones, wrapped } from '../../render/wrap.ts';
import type { Comparison } from '../model.ts';
import { answersInWords, type Entry, type Section, sectionsOf } from './outline.ts';
import { outcomeMark, verdictWord } from './titles.ts';

export interface TextOptions {
  readonly color: boolean;
  readonly columns: number;
}

const answersShown = 10;

/** The comparison for a terminal or a log. */
export function renderText(untrusted: Comparison, options: TextOptions): string {
  const comparison = printableDeep(untrusted);
  const sheet = sheetOf(options);
  const parts = [
    heads(comparison, sheet),
    ...sectionsOf(comparison).map((section) => sectionText(section, sheet)),
    answersText(comparison, sheet),
    closing(comparison, sheet),
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

/** The result, and why. */
function closing(comparison: Comparison, { paint, width }: Sheet): string {
  const { symbol, word, tone } = outcomeMark(comparison);
  const text = wrapped(`${word}: ${oneLine(comparison.reason)}`, width, 2);
  return paint([tones[tone], 'bold'], `${symbol} ${text}`);
}

function heads({ old, new: now, sideBySide, notes }: Comparison, { paint, width }: Sheet): string {
  const labels = sideBySide ? ['first', 'second'] : ['before', 'now'];
  const lines = [old, now].map((side, index) => {
    const parts = [side.target, side.implementation, dateInWords(side.startedAt), verdictWord(side.verdict)];
    const text = parts.filter((part) => part !== undefined).join(', ');
    return `${paint('dim', (labels[index] ?? '').padEnd(8))}${wrapped(oneLine(text), width, 8)}`;
  });
  return [
    ...lines,
    ...notes.map((note) => `${paint('yellow', 'note')}    ${wrapped(oneLine(note), width, 8)}`),
  ].join('\n');
}

function sectionText({ title, tone, symbol, entries }: Section, sheet: Sheet): string {
  return [sheet.paint('bold', title), ...entries.map((entry) => entryText(entry, symbol, tone, sheet))].join(
    '\n',
  );
}

function entryText(entry: Entry, symbol: string, tone: Mark['tone'], { paint, width }: Sheet): string {
  const { level, id, text, change, notes, scenarios, more } = entry;
  const lines = [
    `${paint(tones[tone], symbol)} ${level.padEnd(6)} ${wrapped(`${id}: ${text} (${change})`, width, 9)}`,
    ...notes.map((note) => `         ${wrapped(excerpt(note, 600), width, 9)}`),
    ...scenarios.flatMap(({ id: name, title, outcome }) => [
      `         ${wrapped(`${name}: ${title}`, width, 11)}`,
      ...(outcome === undefined ? [] : [`           ${wrapped(excerpt(outcome, 400), width, 11)}`]),
    ]),
    ...(more > 0 ? [`         and ${count(more, 'more scenario')}`] : []),
  ];
  return lines.join('\n');
}

function answersText(comparison: Comparison, { paint, width }: Sheet): string | undefined {
  const all = answersInWords(comparison);
  if (all.length === 0) return undefined;
  const lines = all
    .slice(0, answersShown)
    .map(([answers, where]) => `  ${wrapped(`${answers}  ${where}`, width, 4)}`);
  const more = all.length - answersShown;
  return [
    paint('bold', 'Same verdict, different answer'),
    ...lines,
    ...(more > 0 ? [`  and ${count(more, 'more group')} in --format json`] : []),
  ].join('\n');
}
