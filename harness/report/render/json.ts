import type { Report } from '../schema.ts';

/**
 * `report.json`: the report value itself. One requirement and one exchange a line: a quarter smaller than indented, and
 * still a file that grep and diff make something of.
 */
export function renderJson(report: Report): string {
  const members = Object.entries(report)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}: ${textOf(value)}`);
  return `{\n${members.join(',\n')}\n}\n`;
}

function textOf(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value);
  return `[\n${value.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
}
