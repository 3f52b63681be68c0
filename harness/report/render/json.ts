import type { Report } from '../schema.ts';

/** `report.json`: the report value itself. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 1)}\n`;
}
