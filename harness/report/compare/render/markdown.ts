import { code, prose, table } from '../../render/markdown.ts';
import { count, dateInWords, printableDeep } from '../../render/text.ts';
import type { Comparison } from '../model.ts';
import { answersInWords, type Entry, type Section, sectionsOf } from './outline.ts';
import { outcomeMark, verdictWord } from './titles.ts';

const answersShown = 30;

/** The comparison for the page of a workflow run or an issue. */
export function renderComparisonMarkdown(untrusted: Comparison): string {
  const comparison = printableDeep(untrusted);
  const { symbol, word } = outcomeMark(comparison);
  const parts = [
    `## ${symbol} Mufi auth: ${word.toLowerCase()}`,
    `**${prose(comparison.reason)}**`,
    heads(comparison),
    ...(comparison.notes.length === 0 ? [] : [comparison.notes.map((note) => `- ${prose(note)}`).join('\n')]),
    ...sectionsOf(comparison).map(sectionText),
    answersText(comparison),
  ];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

function heads({ old, new: now, sideBySide }: Comparison): string {
  const labels = sideBySide ? ['first', 'second'] : ['before', 'now'];
  const rows = [old, now].map((side, index) => [
    labels[index] ?? '',
    code(side.target),
    prose(side.implementation ?? ''),
    dateInWords(side.startedAt),
    verdictWord(side.verdict),
  ]);
  return table(['', 'Target', 'Implementation', 'Run', 'Verdict'], rows);
}

function sectionText({ title, entries }: Section): string {
  return [`### ${prose(title)}`, entries.map(entryText).join('\n')].join('\n\n');
}

function entryText({ level, id, text, change, notes, scenarios, more }: Entry): string {
  const lines = [
    `- ${level} ${code(id)}: ${prose(text)} (${change})`,
    ...notes.map((note) => `  - ${prose(note)}`),
    ...scenarios.map(
      ({ id: name, title, outcome }) =>
        `  - ${code(name)}: ${prose(title)}${outcome === undefined ? '' : `: ${prose(outcome)}`}`,
    ),
    ...(more > 0 ? [`  - and ${count(more, 'more scenario')}`] : []),
  ];
  return lines.join('\n');
}

function answersText(comparison: Comparison): string | undefined {
  const all = answersInWords(comparison);
  if (all.length === 0) return undefined;
  const rows = all.slice(0, answersShown).map(([answers, where]) => [prose(answers), prose(where)]);
  const more = all.length - answersShown;
  return [
    '### Judged as before, answered differently',
    table(['Answers', 'Where'], rows),
    ...(more > 0 ? [`and ${count(more, 'more group')} in the JSON of the comparison`] : []),
  ].join('\n\n');
}
