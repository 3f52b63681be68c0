/** Failures that are known and accepted for a while. */

import * as z from 'zod';

/** One accepted failure: of a requirement, or only in one scenario, on one operation, or both. */
export const baselineEntrySchema = z.strictObject({
  /** Id, for example `token/signature-verified`. */
  requirement: z.string(),
  /** Whole id, for example `token/signature-verified/zeros`. */
  scenario: z.string().optional(),
  /** For example `POST /v1/events/create`. */
  operation: z.string().optional(),
  reason: z.string(),
  owner: z.string(),
  /** The last day on which it is accepted, in UTC: `2026-12-31`. */
  expires: z.string(),
});
export type BaselineEntry = z.infer<typeof baselineEntrySchema>;

export const baselineSchema = z.strictObject({ file: z.string(), entries: z.array(baselineEntrySchema) });
/** The entries of one file, as they were read when the run began. */
export type Baseline = z.infer<typeof baselineSchema>;
