import { styleText } from 'node:util';
import wrapAnsi from 'wrap-ansi';

/** Terminal colours for the tones of marks. */
export const tones = {
  good: 'green',
  bad: 'red',
  care: 'yellow',
  open: 'magenta',
  known: 'cyan',
  none: 'dim',
} as const;

/** Puts a style on a text, or leaves it as it is. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** The output format: painted if colours are on, and this many columns wide. */
export interface Sheet {
  readonly paint: Paint;
  readonly width: number;
}

/** A sheet for a terminal; its lines are neither too short nor too long to read. */
export function sheetOf({ color, columns }: { readonly color: boolean; readonly columns: number }): Sheet {
  return {
    paint: (style, text) => (color ? styleText(style, text) : text),
    width: Math.max(40, Math.min(columns, 120)),
  };
}

/** Breaks at spaces; lines after the first are indented. Words longer than a line stay whole. */
export function wrapped(text: string, width: number, indent: number): string {
  const room = Math.max(20, width - indent);
  return wrapAnsi(text, room).replaceAll('\n', `\n${' '.repeat(indent)}`);
}
