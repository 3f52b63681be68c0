import type { KillMatrix } from '../kill-matrix.ts';

const [opening, closing] = ['<!-- proof -->', '<!-- /proof -->'];

/** The figures of the proof, as the README has them: nothing that changes from run to run. */
export function proofBlock({ score }: Pick<KillMatrix, 'score'>): string {
  const rows: readonly (readonly [string, string])[] = [
    ['faults that exactly what claims them sees', ratio(score.faults)],
    ['requirements that a fault has broken', ratio(score.requirements)],
    ['scenarios that have seen a fault that they claim', ratio(score.scenarios)],
    ['conformant servers that pass, without an undeserved warning', ratio(score.conformants)],
    ['servers that are no Mufi at all, each with one clear cause or failure', ratio(score.degenerates)],
    ['runs that catch a cache of 50 ms while a key is regenerated', ratio(score.staleness)],
    ['false alarms in as many runs against an honest server', String(score.falseAlarms)],
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

/** The block between the marks in a text; undefined where there is none. */
export function blockIn(text: string): string | undefined {
  const [from, to] = [text.indexOf(opening), text.indexOf(closing)];
  return from < 0 || to < from ? undefined : text.slice(from, to + closing.length);
}

/** The text with the block between its marks replaced. Throws where it has no marks. */
export function withBlock(text: string, block: string): string {
  const old = blockIn(text);
  if (old === undefined) throw new Error(`README.md has no ${opening} … ${closing}`);
  return text.replace(old, () => block);
}

function ratio({ reached, of }: { readonly reached: number; readonly of: number }): string {
  return `${reached} of ${of}`;
}
