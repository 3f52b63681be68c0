import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogue } from '../../specs/requirements/index.ts';
import { ConfigurationError } from '../engine/configuration/configuration-error.ts';
import { catalogueDigest, suiteName, suiteVersion } from '../engine/run/index.ts';
import { exitCodes, longestReport, NotReadable, readInputFile } from '../model/index.ts';
import { buildReport } from '../report/build.ts';
import { deliverReport } from '../report/deliver.ts';
import { type FoundPart, mergeParts, NotOneRun } from '../report/merge.ts';
import { checkWritable } from '../report/output-directory.ts';
import { oneLine } from '../report/render/text.ts';
import { exitCodeOf } from '../report/run-verdict.ts';
import { type Part, partFile, partSchema, partVersion } from '../report/shard.ts';

/** The exit code is that of the whole run. Throws ConfigurationError if the parts do not belong to one run. */
export async function mergeCommand(directories: readonly string[], out: string): Promise<number> {
  const places = (await Promise.all(directories.map(partsIn))).flat();
  const found = await Promise.all(places.map(readPart));
  await checkWritable(out);
  const report = buildReport(merged(found));
  return (await deliverReport(report, out)) ? exitCodeOf(report) : exitCodes.broken;
}

function merged(found: readonly FoundPart[]): ReturnType<typeof mergeParts> {
  try {
    return mergeParts(found, catalogue);
  } catch (error) {
    if (!(error instanceof NotOneRun)) throw error;
    throw new ConfigurationError(`The shards cannot be merged: ${oneLine(error.message)}.`);
  }
}

/** The part in a directory, or the parts in its subdirectories, as CI downloads them. */
async function partsIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    throw new ConfigurationError(`The directory ${oneLine(directory)} cannot be read (${error.code}).`);
  });
  if (entries.some(({ name }) => name === partFile)) return [directory];
  const below = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(directory, name));
  const holding = await Promise.all(
    below.map(async (path) => ((await readdir(path)).includes(partFile) ? [path] : [])),
  );
  const places = holding.flat().sort();
  if (places.length > 0) return places;
  throw new ConfigurationError(
    `There is no ${partFile} in ${oneLine(directory)} or directly below it; give the folders that run --shard wrote.`,
  );
}

async function readPart(place: string): Promise<FoundPart> {
  const file = join(place, partFile);
  const refuse = (why: string): ConfigurationError => new ConfigurationError(`${oneLine(file)} ${why}`);
  let value: unknown;
  try {
    value = JSON.parse(readInputFile(file, longestReport).toString('utf8'));
  } catch (error) {
    throw refuse(
      error instanceof NotReadable ? `cannot be read (${error.why}).` : 'is not JSON; run the shard again.',
    );
  }
  const version = (value as { partVersion?: unknown } | null)?.partVersion;
  if (version !== partVersion) {
    throw refuse(
      `is not a shard that this suite can read (${partVersion}); merge with the suite that ran it.`,
    );
  }
  const parsed = partSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(`is damaged, at ${issue?.path.join('.')}: ${issue?.message}; run the shard again.`);
  }
  refuseForeign(parsed.data, refuse);
  return { place, part: parsed.data };
}

/** A report names requirements by this catalogue, so the shards must have the same one. */
function refuseForeign({ header }: Part, refuse: (why: string) => ConfigurationError): void {
  const { name, version, catalogueDigest: digest } = header.suite;
  if (name !== suiteName || version !== suiteVersion) {
    throw refuse(`is from ${oneLine(`${name} ${version}`)}, but this is ${suiteName} ${suiteVersion}.`);
  }
  if (digest === catalogueDigest(catalogue)) return;
  throw refuse('has another catalogue than this suite; merge with the suite that ran it.');
}
