import * as z from 'zod';
import {
  baselineSchema,
  depths,
  modes,
  profiles,
  type RunOptions,
  type Selection,
} from '../../model/index.ts';

/** Options of a run as the command line passes them to the test runner. */
export const runOptionsSchema = z.object({
  profiles: z.array(z.enum(profiles)).optional(),
  depth: z.enum(depths).default('full'),
  mode: z.enum(modes).default('full'),
  strict: z.boolean().default(false),
  openapi: z.string().optional(),
  out: z.string().default('reports/latest'),
  allowProduction: z.string().optional(),
  baseline: baselineSchema.optional(),
  /** Records everything that comes from outside, so that the run can be judged again. */
  record: z.boolean().optional(),
  publicTexts: z.array(z.string()).optional(),
  /** Set if the run is one of several shards. */
  sharded: z.boolean().optional(),
  /** The selection of `-g`, for the report. */
  selection: z.string().optional(),
  /** The full ids of the only scenarios that run; replaces `selection`. */
  only: z.array(z.string()).optional(),
  /** The id of the only operation that they are sent to. */
  operation: z.string().optional(),
});

const variable = 'CONFORMANCE_OPTIONS';

/** Reads the options that the command line put into the environment; defaults if there are none. */
export function readOptions(environment: NodeJS.ProcessEnv): RunOptions & Selection {
  const parsed = runOptionsSchema.parse(JSON.parse(environment[variable] ?? '{}'));
  return {
    ...parsed,
    profiles: parsed.profiles,
    openapi: parsed.openapi,
    allowProduction: parsed.allowProduction,
    baseline: parsed.baseline,
    selection: parsed.selection,
    only: parsed.only,
    operation: parsed.operation,
  };
}

/** The environment entry that passes options on. */
export function writeOptions(options: z.input<typeof runOptionsSchema>): Record<string, string> {
  return { [variable]: JSON.stringify(options) };
}
