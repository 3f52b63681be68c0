import * as z from 'zod';
import { baselineSchema, reasonSchema } from './index.ts';
import { reportSchema } from './report.ts';

/** What is known of a run before its first scenario; each shard carries it. */
export const runHeaderSchema = z.object({
  runId: z.string(),
  /** True where the target is the reference server that the suite started itself. */
  embedded: z.boolean(),
  /** The project of the write key, as the target names it; absent where nothing told. */
  projectId: z.string().optional(),
  suite: reportSchema.shape.suite,
  target: reportSchema.shape.target,
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  options: reportSchema.shape.options,
  /** Profiles that were asked for; absent: those whose capabilities were supplied. */
  requestedProfiles: z.array(reportSchema.shape.options.shape.profiles.element).optional(),
  configuration: reportSchema.shape.configuration,
  capabilities: z.array(z.tuple([z.string(), z.enum(['have', 'missing', 'absent'])])),
  unlocks: z.array(
    z.object({
      capability: z.string(),
      sentence: z.string(),
      variables: z.array(z.string()),
      /** An option of the command line that unlocks it as well. */
      option: z.string().optional(),
      /** Why key control did not give it, where it was asked. */
      because: reasonSchema.optional(),
    }),
  ),
  /** Why key control did not give what it was asked for; absent where it gave everything. */
  refusals: z.array(reasonSchema).optional(),
  /** The same as a text; the engine leaves it to the report. */
  controlRefused: z.string().optional(),
  /** Failures that are known, as they were read when the run began. */
  baseline: baselineSchema.optional(),
  /** Why nothing could be tested. */
  because: reasonSchema.optional(),
  /** The same as a sentence; the engine leaves it to the report. */
  cause: z.string().optional(),
  /** Sent before the first scenario, where no scenario counts it. */
  requests: z.number().int().optional(),
});
export type RunHeader = z.infer<typeof runHeaderSchema>;
