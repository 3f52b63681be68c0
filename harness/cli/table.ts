import { oneLine } from '../report/render/text.ts';

/** The longest text in a cell, because a target may send long texts. */
const widest = 40;

/** Rows as lines with aligned columns; the first row is the head. `figures`: columns that are aligned to the right. */
export function tableOf(rows: readonly (readonly string[])[], figures: readonly number[] = []): string[] {
  const cells = rows.map((row) => row.map((text) => oneLine(text).slice(0, widest)));
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  return cells.map((row) =>
    row
      .map((text, column) =>
        figures.includes(column) ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
