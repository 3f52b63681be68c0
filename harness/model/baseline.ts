/** Known failures that are accepted for a limited time. */

import * as z from 'zod';

/** One accepted failure: of a whole requirement, or only of one scenario, one operation, or both. */
export const baselineEntrySchema = z.strictObject({
  /** Id, for example `token/signature-verified`. */
  requirement: z.string(),
  /** Full id, for example `token/signature-verified/zeros`. */
  scenario: z.string().optional(),
  /** For example `POST /v1/events/create`. */
  operation: z.string().optional(),
  reason: z.string(),
  owner: z.string(),
  /** The last day on which the failure is accepted, in UTC: `2026-12-31`. */
  expires: z.string(),
});
export type BaselineEntry = z.infer<typeof baselineEntrySchema>;

export const baselineSchema = z.strictObject({ file: z.string(), entries: z.array(baselineEntrySchema) });
/** The entries of one file, as read at the start of the run. */
export type Baseline = z.infer<typeof baselineSchema>;
