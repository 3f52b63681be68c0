import { randomUUID } from 'node:crypto';
import type { Report } from '../model/report.ts';
import { WriteFailure } from './output-directory.ts';
import { renderAnnotations, withoutCommands } from './render/annotations.ts';
import { renderTerminal } from './render/terminal.ts';
import { inLog, withoutCommandLines } from './render/text.ts';
import type { Part } from './shard.ts';
import { wantsColor } from './terminal.ts';
import { appendSummary, writeReport } from './write.ts';

/**
 * Writes a report into a directory and its summary to the file that GitHub names, and prints the text for people.
 * `part`: for a shard; its failures are annotated after the merge. Returns false if the report could not be written,
 * and says why.
 */
export async function deliverReport(report: Report, directory: string, part?: Part): Promise<boolean> {
  const { env, stdout } = process;
  try {
    const paths = await writeReport(report, directory, part);
    if (env.GITHUB_STEP_SUMMARY) await appendSummary(report, env.GITHUB_STEP_SUMMARY).catch(complain);
    const color = wantsColor(stdout, env);
    const text = withoutCommandLines(
      renderTerminal(report, { color, reportPath: paths.html, columns: stdout.columns || 100 }),
    );
    const annotations = part === undefined ? renderAnnotations(report) : '';
    stdout.write(env.GITHUB_ACTIONS === 'true' ? withoutCommands(text, randomUUID()) + annotations : text);
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

/** Says what could not be written; throws anything else. */
function complain(error: unknown): void {
  if (!(error instanceof WriteFailure)) throw error;
  process.stderr.write(`${inLog(error.message)}\n`);
}
