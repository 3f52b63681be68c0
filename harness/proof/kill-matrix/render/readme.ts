import { markersOf } from '../../../generate/readme-block.ts';
import type { KillMatrix } from '../matrix.ts';

/** The name of the block in the README. */
export const proofMark = 'proof';
const [opening, closing] = markersOf(proofMark);

/** The figures of the proof for the README: only those that do not change from run to run. */
export function proofBlock({ score }: Pick<KillMatrix, 'score'>): string {
  const rows: readonly (readonly [string, string])[] = [
    ['faults detected by exactly the requirements that claim them', ratio(score.faults)],
    ['requirements that at least one fault breaks', ratio(score.requirements)],
    ['scenarios that detect a fault that they claim', ratio(score.scenarios)],
    ['scenarios with a fault of their own', ratio(score.ownFaults)],
    ['faults that depth quick detects, with at most 1,000 requests', ratio(score.quick)],
    ['conformant servers that pass without a wrong warning', ratio(score.conformants)],
    ['servers that do not implement Mufi, each with one clear cause or failure', ratio(score.degenerates)],
    ['runs that detect a cache of 50 ms while a key is regenerated', ratio(score.staleness)],
    ['false alarms in the same number of runs against a conformant server', String(score.falseAlarms)],
  ];
  const width = Math.max(...rows.map(([what]) => what.length));
  const figures = Math.max(...rows.map(([, figure]) => figure.length), 'figure'.length);
  const row = (what: string, figure: string): string =>
    `| ${what.padEnd(width)} | ${figure.padStart(figures)} |`;
  return [
    opening,
    row('proved', 'figure'),
    `| ${'-'.repeat(width)} | ${'-'.repeat(figures - 1)}: |`,
    ...rows.map(([what, figure]) => row(what, figure)),
    closing,
  ].join('\n');
}

function ratio({ reached, of }: { readonly reached: number; readonly of: number }): string {
  return `${reached} of ${of}`;
}
