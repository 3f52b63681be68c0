import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { NotReadable } from '../model/index.ts';
import type { Report } from '../model/report.ts';
import { compareReports, exitCodeOfComparison } from '../report/compare/compare.ts';
import { renderComparisonMarkdown } from '../report/compare/render/markdown.ts';
import { renderText } from '../report/compare/render/text.ts';
import { isDirectory } from '../report/output-directory.ts';
import { NotAReport, readReportFile } from '../report/parse.ts';
import { oneLine, plainJson, withoutCommandLines } from '../report/render/text.ts';
import { wantsColor } from '../report/terminal.ts';

/** Options of `compare`, as the command line passes them. */
export interface CompareArguments {
  readonly format: 'text' | 'markdown' | 'json';
  readonly out?: string;
  readonly strict?: boolean;
}

/**
 * Exit code: 0 no regression, 1 a regression, 2 something that was decided before could not be determined this time.
 */
export async function compareCommand(old: string, now: string, args: CompareArguments): Promise<number> {
  const [before, after] = await Promise.all([readReport(old), readReport(now)]);
  const comparison = compareReports(before, after, { strict: args.strict === true });
  const { stdout, env } = process;
  const text = (color: boolean): string =>
    args.format === 'json'
      ? `${plainJson(JSON.stringify(comparison, null, 1))}\n`
      : args.format === 'markdown'
        ? renderComparisonMarkdown(comparison)
        : renderText(comparison, { color, columns: stdout.columns || 100 });
  if (args.out === undefined) {
    const shown = text(wantsColor(stdout, env));
    stdout.write(args.format === 'json' ? shown : withoutCommandLines(shown));
  } else {
    await write(args.out, text(false));
    stdout.write(
      withoutCommandLines(
        `${comparison.outcome}: ${oneLine(comparison.reason)}; written to ${oneLine(args.out)}\n`,
      ),
    );
  }
  return exitCodeOfComparison(comparison);
}

/** Throws ConfigurationError if there is no report of a run that says something about its target. */
async function readReport(place: string): Promise<Report> {
  let path = place;
  let report: Report;
  try {
    if (await isDirectory(place)) path = join(place, 'report.json');
    report = readReportFile(path);
  } catch (error) {
    if (error instanceof NotAReport) throw new ConfigurationError(oneLine(error.message));
    const why = error instanceof NotReadable ? error.why : (error as NodeJS.ErrnoException).code;
    throw new ConfigurationError(
      `${oneLine(path)} cannot be read (${why}); give the report.json of a run, or its folder.`,
    );
  }
  const [fault] = report.suiteFaults;
  if (fault === undefined) return report;
  throw new ConfigurationError(
    `The run of ${oneLine(path)} is broken, so it says nothing about its target: ${oneLine(fault)}`,
  );
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(`${oneLine(path)} cannot be written (${code}); choose another --out.`);
  }
}
