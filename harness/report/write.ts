import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderBadge } from './render/badge.ts';
import { renderHtml } from './render/html/document.ts';
import { renderJson } from './render/json.ts';
import { renderJUnit } from './render/junit.ts';
import { renderSummary } from './render/summary.ts';
import type { Report } from './schema.ts';

/** Where each rendering was written. */
export interface ReportPaths {
  readonly json: string;
  readonly html: string;
  readonly junit: string;
  readonly summary: string;
  readonly badge: string;
}

/** Every file of a report by its name: each is a function of the report alone. */
export function renderingsOf(report: Report): readonly (readonly [name: string, text: string])[] {
  return [
    ['report.json', renderJson(report)],
    ['report.html', renderHtml(report)],
    ['junit.xml', renderJUnit(report)],
    ['summary.md', renderSummary(report)],
    ['badge.json', renderBadge(report)],
  ];
}

/** Renders everything first, so that a directory never holds half a report, then writes it. */
export async function writeReport(
  report: Report,
  directory: string,
  /** File of the step summary, `$GITHUB_STEP_SUMMARY`. */
  stepSummary?: string,
): Promise<ReportPaths> {
  const files = renderingsOf(report);
  await mkdir(directory, { recursive: true });
  await Promise.all(files.map(([name, text]) => writeFile(join(directory, name), text)));
  if (stepSummary) await appendFile(stepSummary, `${renderSummary(report)}\n`);
  return {
    json: join(directory, 'report.json'),
    html: join(directory, 'report.html'),
    junit: join(directory, 'junit.xml'),
    summary: join(directory, 'summary.md'),
    badge: join(directory, 'badge.json'),
  };
}
