import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { exitCodes, NotReadable } from '../model/index.ts';
import { buildHistory } from '../report/history/build.ts';
import type { Night, SkippedFile } from '../report/history/model.ts';
import { nightOf } from '../report/history/night.ts';
import { writeHistory } from '../report/history/write.ts';
import { checkWritable, isDirectory } from '../report/output-directory.ts';
import { NotAReport, readReportFile } from '../report/parse.ts';
import { count, inLog, oneLine } from '../report/render/text.ts';
import { partFile } from '../report/shard.ts';

/** Reports are searched this many folders deep. */
const deepest = 8;

/**
 * Writes the history of all reports that it finds. The exit code is 0, whatever they say. Throws ConfigurationError if
 * there is no report.
 */
export async function historyCommand(places: readonly string[], out: string): Promise<number> {
  const files = [...new Set((await Promise.all(places.map(reportsIn))).flat())].sort();
  const nights: Night[] = [];
  const leftOut: SkippedFile[] = [];
  for (const file of files) {
    const found = readNight(file);
    if ('why' in found) leftOut.push(found);
    else nights.push(found);
  }
  if (nights.length === 0) {
    const [first] = leftOut;
    const why =
      first === undefined ? 'it holds no report.json' : `${oneLine(first.file)}: ${oneLine(first.why)}`;
    throw new ConfigurationError(
      `There is no report to read in ${oneLine(places.join(', '))} (${why}); give folders with the report.json of earlier runs.`,
    );
  }
  await checkWritable(out);
  const history = buildHistory(nights, leftOut);
  const page = await writeHistory(history, out);
  const lines = [
    `${count(history.nights.length, 'night')} of ${history.target}: ${history.summary}`,
    ...history.leftOut.map(({ file, why }) => `left out ${file}: ${why}`),
    `written to ${page}`,
  ];
  process.stdout.write(inLog(lines.map((line) => `${oneLine(line)}\n`).join('')));
  return exitCodes.done;
}

/** The file itself, or every report.json in a folder and below it, without following links. */
async function reportsIn(place: string): Promise<string[]> {
  const folder = await isDirectory(place).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError(`${oneLine(place)} cannot be read (${error.code}).`);
  });
  if (folder) return below(place, 0);
  if (existsSync(place)) return [place];
  throw new ConfigurationError(
    `${oneLine(place)} does not exist; give a folder with reports of earlier runs, or a report.json.`,
  );
}

async function below(folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError(`The folder ${oneLine(folder)} cannot be read (${error.code}).`);
  });
  const found = await Promise.all(
    entries.map(async (entry): Promise<string[]> => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return entry.name === 'report.json' ? [path] : [];
      return entry.isDirectory() && entry.name !== 'node_modules' && depth < deepest
        ? below(path, depth + 1)
        : [];
    }),
  );
  return found.flat();
}

/** Only one whole report is in memory at a time. */
function readNight(file: string): Night | SkippedFile {
  if (existsSync(join(dirname(file), partFile))) {
    return { file, why: 'it is one shard of a run; merge the shards first' };
  }
  try {
    const report = readReportFile(file);
    if (Number.isNaN(Date.parse(report.startedAt))) return { file, why: 'it does not say when it was run' };
    return nightOf(report, file);
  } catch (error) {
    if (error instanceof NotAReport) return { file, why: error.message };
    if (error instanceof NotReadable) return { file, why: `it cannot be read (${error.why})` };
    throw error;
  }
}
