import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod';
import { evidenceFile } from '../../model/index.ts';
import { type CassetteContent, cassetteSchema } from './cassette.ts';
import { keyShapeSchema } from './key-shape.ts';

const keySchema = z.strictObject({ variable: z.string(), description: z.string(), shape: keyShapeSchema });

/** The start of a run: its configuration, with the shapes of the keys in place of the keys. */
export const startSchema = z.strictObject({
  runId: z.string(),
  startedAt: z.number(),
  baseUrl: z.string(),
  embedded: z.boolean(),
  strict: z.boolean(),
  /** Profiles that the user asked for. */
  profiles: z.array(z.string()).optional(),
  keys: z.record(z.string(), keySchema),
  /** How key control was reached, without its address. */
  control: z.enum(['url', 'command']).optional(),
  /** The rest of the configuration. */
  configuration: z.record(z.string(), z.json()),
});
export type EvidenceStart = z.infer<typeof startSchema>;

const countedCassetteSchema = cassetteSchema.extend({
  requests: z.number().int().nonnegative(),
  durationMs: z.number().nonnegative(),
  slowestPerSecond: z.number().positive().optional(),
});
/**
 * A cassette with what only clocks and counters know: the number of requests, retries included, the duration, and the
 * lowest rate that overload answers forced on the run.
 */
export type CountedCassette = z.infer<typeof countedCassetteSchema>;

/** The file; it calls the cassettes tapes. */
const evidenceSchema = z.strictObject({
  schemaVersion: z.literal('1.0'),
  start: startSchema,
  tapes: z.array(countedCassetteSchema),
});

/** Everything that a run learned from outside: enough to judge it again without the target. */
export interface Evidence {
  readonly start: EvidenceStart;
  /** The preflight, then the scenarios in the order in which they ended. */
  readonly cassettes: readonly CountedCassette[];
}
export type { CassetteContent };

/** The longest evidence that is unpacked, in bytes: a small file must not fill the memory. */
const longest = 512 * 1024 * 1024;

/** Evidence as a file. */
export function packEvidence({ start, cassettes }: Evidence): Buffer {
  return gzipSync(JSON.stringify({ schemaVersion: '1.0', start, tapes: cassettes }));
}

/** Reads a file of evidence; throws a sentence if it is not evidence. */
export function unpackEvidence(file: Uint8Array): Evidence {
  let text: string;
  let value: unknown;
  try {
    text = gunzipSync(file, { maxOutputLength: longest }).toString('utf8');
    value = JSON.parse(text);
  } catch {
    throw new Error(`${evidenceFile} is not packed JSON`);
  }
  if (JSON.stringify(value) !== text) {
    throw new Error(`${evidenceFile} is not in the form that this suite writes`);
  }
  const parsed = evidenceSchema.safeParse(value);
  if (parsed.success) return { start: parsed.data.start, cassettes: parsed.data.tapes };
  throw new Error(
    `${evidenceFile} does not have the form of evidence, at ${parsed.error.issues[0]?.path.join('.')}`,
  );
}
