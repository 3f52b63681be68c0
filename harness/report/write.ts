import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import { WriteFailure, whyNotWritten, writeFailure } from './output-directory.ts';
import { renderBadge } from './render/badge.ts';
import { renderHtml } from './render/html/document.ts';
import { jsonChunks, renderJson } from './render/json.ts';
import { renderJUnit } from './render/junit.ts';
import { renderSummary } from './render/summary.ts';
import { plainJson } from './render/text.ts';
import { type Part, partFile } from './shard.ts';

/** The path of each rendering. */
export interface ReportPaths {
  readonly json: string;
  readonly html: string;
  readonly junit: string;
  readonly summary: string;
  readonly badge: string;
}

/** Every file of a report by its name; each depends on the report alone. */
export function renderingsOf(report: Report): readonly (readonly [name: string, text: string])[] {
  return [[jsonFile, renderJson(report)], ...pagesOf(report)];
}

const jsonFile = 'report.json';

/** The renderings for people and for other programs. */
function pagesOf(report: Report): readonly (readonly [name: string, text: string])[] {
  return [
    ['report.html', renderHtml(report)],
    ['junit.xml', renderJUnit(report)],
    ['summary.md', renderSummary(report)],
    ['badge.json', renderBadge(report)],
  ];
}

/**
 * Renders everything first and moves the files into place last, so that a directory never holds half a report. A part
 * is written next to the report of a shard. Throws WriteFailure.
 */
export async function writeReport(report: Report, directory: string, part?: Part): Promise<ReportPaths> {
  const own = part === undefined ? [] : [[partFile, plainJson(JSON.stringify(part))] as const];
  const json = [jsonFile, jsonChunks(report)] as const;
  const files = [json, ...pagesOf(report), ...own].map(([name, text]) => ({
    path: join(directory, name),
    text,
  }));
  await writeTogether(files, directory, 'The report');
  return {
    json: join(directory, jsonFile),
    html: join(directory, 'report.html'),
    junit: join(directory, 'junit.xml'),
    summary: join(directory, 'summary.md'),
    badge: join(directory, 'badge.json'),
  };
}

/**
 * Writes files of one folder so that a reader never sees a mix of new and old files, or half a file. Throws WriteFailure.
 */
export async function writeTogether(
  files: readonly { readonly path: string; readonly text: string | Iterable<string> }[],
  directory: string,
  what: string,
): Promise<void> {
  const unfinished = (path: string): string => `${path}.part`;
  try {
    await mkdir(directory, { recursive: true });
    // Never writes into what already exists there, such as a pipe.
    await Promise.all(files.map(({ path }) => rm(unfinished(path), { force: true })));
    await Promise.all(files.map(({ path, text }) => writeFile(unfinished(path), text)));
    await Promise.all(files.map(({ path }) => rename(unfinished(path), path)));
  } catch (error) {
    await Promise.allSettled(files.map(({ path }) => rm(unfinished(path), { force: true })));
    throw writeFailure(`${what} cannot be written to ${directory}`, error);
  }
}

/** Adds the summary to a file, `$GITHUB_STEP_SUMMARY`. Throws WriteFailure. */
export async function appendSummary(report: Report, file: string): Promise<void> {
  try {
    await appendFile(file, `${renderSummary(report)}\n`);
  } catch (error) {
    throw new WriteFailure(`The step summary cannot be written to ${file}: ${whyNotWritten(error)}.`);
  }
}
