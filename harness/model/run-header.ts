import * as z from 'zod';
import { baselineSchema, reasonSchema } from './index.ts';
import { reportSchema } from './report.ts';

/** What is known of a run before its first scenario; each shard has a copy. */
export const runHeaderSchema = z.object({
  runId: z.string(),
  /** True if the target is the reference server that the suite started. */
  embedded: z.boolean(),
  /** The project of the write key, as the target names it; missing if no answer showed it. */
  projectId: z.string().optional(),
  suite: reportSchema.shape.suite,
  target: reportSchema.shape.target,
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  options: reportSchema.shape.options,
  /** Profiles that the user asked for; missing: those that have the capabilities they need. */
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
      /** Why key control did not provide it, if it was asked. */
      because: reasonSchema.optional(),
    }),
  ),
  /** Why key control did not do what it was asked; missing if it did everything. */
  refusals: z.array(reasonSchema).optional(),
  /** The same as a text; the engine leaves this to the report. */
  controlRefused: z.string().optional(),
  /** Known failures, as read at the start of the run. */
  baseline: baselineSchema.optional(),
  /** Why nothing could be tested. */
  because: reasonSchema.optional(),
  /** The same as a sentence; the engine leaves this to the report. */
  cause: z.string().optional(),
  /** Requests before the first scenario; no scenario counts them. */
  requests: z.number().int().optional(),
});
export type RunHeader = z.infer<typeof runHeaderSchema>;
