import { access, appendFile, constants, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getSystemErrorMap } from 'node:util';
import { type Part, partFile } from './part.ts';
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

/** Files that cannot be written; the message says which, why, and what to do. */
export class NotWritten extends Error {
  override readonly name = 'NotWritten';
}

/**
 * Renders everything first and gives the files their names last, so that a directory never holds half a report.
 * A part stands beside the report of a shard. Throws NotWritten.
 */
export async function writeReport(report: Report, directory: string, part?: Part): Promise<ReportPaths> {
  const own = part === undefined ? [] : [[partFile, JSON.stringify(part)] as const];
  const files = [...renderingsOf(report), ...own].map(([name, text]) => ({
    path: join(directory, name),
    text,
  }));
  const unfinished = (path: string): string => `${path}.part`;
  try {
    await mkdir(directory, { recursive: true });
    await Promise.all(files.map(({ path, text }) => writeFile(unfinished(path), text)));
    await Promise.all(files.map(({ path }) => rename(unfinished(path), path)));
  } catch (error) {
    await Promise.allSettled(files.map(({ path }) => rm(unfinished(path), { force: true })));
    throw notWritten(`The report cannot be written to ${directory}`, error);
  }
  return {
    json: join(directory, 'report.json'),
    html: join(directory, 'report.html'),
    junit: join(directory, 'junit.xml'),
    summary: join(directory, 'summary.md'),
    badge: join(directory, 'badge.json'),
  };
}

/** Adds the summary to a file, `$GITHUB_STEP_SUMMARY`. Throws NotWritten. */
export async function appendSummary(report: Report, file: string): Promise<void> {
  try {
    await appendFile(file, `${renderSummary(report)}\n`);
  } catch (error) {
    throw new NotWritten(`The step summary cannot be written to ${file}: ${whyNotWritten(error)}.`);
  }
}

/** Finds out before a run whether its report can be written. Makes the directory; throws NotWritten. */
export async function checkWritable(directory: string): Promise<void> {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (error) {
    throw notWritten(`No report can be written to ${directory}`, error);
  }
}

function notWritten(what: string, error: unknown): NotWritten {
  return new NotWritten(`${what}: ${whyNotWritten(error)}; choose another directory with --out.`);
}

/** The reason in the words of the system: "no space left on device". */
export function whyNotWritten(error: unknown): string {
  const { errno, message } = error as NodeJS.ErrnoException;
  return (errno === undefined ? undefined : getSystemErrorMap().get(errno)?.[1]) ?? message;
}
