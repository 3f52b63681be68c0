import { join } from 'node:path';
import { longestReport, readInputFile } from '../model/index.ts';
import { reportSchema } from '../model/report.ts';
import { exitCodeOf } from '../report/run-verdict.ts';

const verdictSchema = reportSchema.pick({ runId: true, verdict: true, suiteFaults: true });

/** The exit code of the report in a directory; undefined if there is none, or if it belongs to another run. */
export async function exitCodeIn(directory: string, runId: string): Promise<number | undefined> {
  try {
    const report = verdictSchema.parse(
      JSON.parse(readInputFile(join(directory, 'report.json'), longestReport).toString('utf8')),
    );
    return report.runId === runId ? exitCodeOf(report) : undefined;
  } catch {
    return undefined;
  }
}
