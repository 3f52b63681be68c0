import type { Report } from '../../model/report.ts';
import { type Fix, fixesOf } from '../findings/ranking.ts';
import { entryMark, outOfDateOf, scopeOf } from './baseline.ts';
import { consequenceOf, linesOf, restOf, sourceOf } from './plain.ts';
import { capitalised, count, excerpt, oneLine } from './text.ts';

/** GitHub shows ten of a level for each step and drops the others silently. */
const annotationsShown = 10;

/**
 * The worst failures as annotations of GitHub Actions, one workflow command per line. A run that could not decide, or
 * that is broken, gets one annotation with the reason. A conformant run gets none.
 */
export function renderAnnotations(report: Report): string {
  const { failing } = fixesOf(report);
  const room = annotationsShown - Math.min(1, outOfDateOf(report).length);
  const shown = failing.slice(0, room).map((fix) => annotation('error', titleOf(fix), textOf(fix)));
  const more = failing.length - shown.length;
  return [
    ...openVerdictLines(report),
    ...outOfDate(report),
    ...shown,
    ...(more > 0
      ? [annotation('notice', 'Mufi auth', `${count(more, 'more requirement')} in the report`)]
      : []),
  ].join('');
}

/**
 * The text as GitHub Actions may log it, with all workflow commands in it disabled. The token must be unknown to
 * everybody who can write into the text.
 */
export function withoutCommands(text: string, token: string): string {
  return `::stop-commands::${token}\n${text.endsWith('\n') ? text : `${text}\n`}::${token}::\n`;
}

function openVerdictLines({ suiteFaults, verdict, cause, reason }: Report): string[] {
  if (suiteFaults.length > 0) {
    return [annotation('error', 'Mufi auth: the run is broken', suiteFaults.map(oneLine).join('\n'))];
  }
  if (verdict === 'conformant' || verdict === 'nonconformant') return [];
  return [annotation('warning', `Mufi auth: ${verdict}`, capitalised(oneLine(cause ?? reason)))];
}

/** One annotation for the whole file, because all its entries need the same fix. */
function outOfDate(report: Report): string[] {
  const lines = outOfDateOf(report).map(
    (entry) =>
      `${scopeOf(entry)} (${oneLine(entry.owner)}) is ${entryMark(entry).word}: ${oneLine(entry.why)}`,
  );
  if (lines.length === 0) return [];
  return [
    annotation(
      'error',
      `Mufi auth: ${oneLine(report.baseline?.file ?? '')} is out of date`,
      lines.join('\n'),
    ),
  ];
}

function titleOf({ requirement }: Fix): string {
  return oneLine(`${requirement.level} ${requirement.id}`);
}

function textOf(fix: Fix): string {
  const [block] = fix.blocks;
  const lines = block === undefined ? [] : linesOf(block).filter(([label]) => label !== 'replay');
  return [
    `${oneLine(fix.requirement.title)} (${sourceOf(fix)})`,
    consequenceOf(fix),
    ...lines.map(([label, value]) => `${label}: ${excerpt(value, 300)}`),
    restOf(fix),
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}

/**
 * One annotation as a log line, escaped as the runner unescapes it: a line break ends a command, a colon or comma ends
 * a property.
 */
export function annotation(level: 'error' | 'warning' | 'notice', title: string, text: string): string {
  return `::${level} title=${escaped(title).replaceAll(':', '%3A').replaceAll(',', '%2C')}::${escaped(text)}\n`;
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
