import * as z from 'zod';
import { scenarioResultSchema } from '../model/index.ts';
import { runHeaderSchema } from '../model/run-header.ts';

/** Written next to the report of a shard: what is needed to build the report of the whole run. */
export const partFile = 'shard.json';

export const partVersion = '1.0';

export const partSchema = z.object({
  partVersion: z.literal(partVersion),
  shard: z.object({ index: z.number().int().min(1), total: z.number().int().min(1) }),
  header: runHeaderSchema,
  /** SHA-256 of the OpenAPI document that answers were compared with. */
  openapiDigest: z.string(),
  /** Ids of the scenarios that the shard was meant to run. */
  planned: z.array(z.string()),
  results: z.array(scenarioResultSchema),
  suiteFaults: z.array(z.string()),
  interrupted: z.boolean(),
  /** Milliseconds since 1970. */
  finishedAt: z.number(),
});
/** One shard of a run: its results as the tests attached them, with the same redaction. */
export type Part = z.infer<typeof partSchema>;
