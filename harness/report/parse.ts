import { longestReport, readInputFile } from '../model/index.ts';
import { type Report, reportSchema } from '../model/report.ts';
import { withRenamedCodes } from './older-reports.ts';

/** Why a text is not a report that this suite can read, in one sentence. */
export class NotAReport extends Error {
  override readonly name = 'NotAReport';
}

const version = reportSchema.shape.schemaVersion.value;

/** Reads a report from a file. Throws NotReadable and NotAReport. */
export function readReportFile(path: string): Report {
  return parseReport(readInputFile(path, longestReport).toString('utf8'), path);
}

/** Reads the text of a `report.json`; `name` is the name of the file in the message. Throws NotAReport. */
export function parseReport(text: string, name: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(withRenamedCodes(text));
  } catch {
    throw new NotAReport(`${name} is not JSON; give the report.json of a run.`);
  }
  const found =
    typeof value === 'object' && value !== null && 'schemaVersion' in value && value.schemaVersion;
  if (typeof found !== 'string') {
    throw new NotAReport(`${name} is not a report of this suite; give the report.json of a run.`);
  }
  if (found !== version) {
    throw new NotAReport(
      `${name} is a report of schema version ${JSON.stringify(found.slice(0, 20))}, and this suite reads ${version}; use the suite that wrote it.`,
    );
  }
  const parsed = reportSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') || 'the top';
  throw new NotAReport(
    `${name} does not match the schema of a report, at ${where}: ${issue?.message}; it was changed or cut after the run.`,
  );
}
