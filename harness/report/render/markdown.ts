import { excerpt, oneLine } from './text.ts';

/** A table; its cells are already Markdown. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * Text without meaning in Markdown or HTML. GitHub finds names and numbers even in escaped text; this keeps it from
 * notifying anybody.
 */
export function prose(text: string): string {
  return excerpt(oneLine(text), 400)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]|~$]/g, '\\$&')
    .replace(/[@#]/g, '$&&#8203;');
}

/** A code span that its content cannot end. */
export function code(text: string): string {
  return `\`${oneLine(text).replaceAll('`', "'").replaceAll('|', '\\|')}\``;
}
