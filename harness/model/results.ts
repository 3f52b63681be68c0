/** What the engine says of a scenario, and how verdicts are ordered. */

import * as z from 'zod';
import { failureKinds, findingKinds } from './exchange.ts';

export const cellVerdicts = ['pass', 'warn', 'not-applicable', 'not-tested', 'inconclusive', 'fail'] as const;
/** From best to worst. */
export type CellVerdict = (typeof cellVerdicts)[number];

interface Judged {
  readonly verdict: CellVerdict;
}

/** The one with the worse verdict; the first where both are as bad. */
export function worseOf<T extends Judged>(one: T, other: T): T {
  return cellVerdicts.indexOf(other.verdict) > cellVerdicts.indexOf(one.verdict) ? other : one;
}

const header = z.tuple([z.string(), z.string()]);

/** One exchange as recorded: redacted, bodies cut at 16 KiB. */
export const exchangeRecordSchema = z.object({
  id: z.string(),
  operation: z.string().optional(),
  variant: z.string(),
  credential: z.object({ description: z.string(), variable: z.string().optional() }),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: z.array(header),
    body: z.string().optional(),
  }),
  response: z
    .object({
      status: z.number().int(),
      headers: z.array(header),
      body: z.string(),
      bodyBytes: z.number().int(),
      bodyCut: z.boolean().optional(),
    })
    .optional(),
  failure: z.object({ kind: z.enum(failureKinds), message: z.string() }).optional(),
  startedMs: z.number(),
  endedMs: z.number(),
  /** A shell command that sends the same request again; keys are named, not spelled. */
  replay: z.string(),
});
export type ExchangeRecord = z.infer<typeof exchangeRecordSchema>;

export const findingSchema = z.object({
  kind: z.enum(findingKinds),
  requirement: z.string(),
  message: z.string(),
  level: z.enum(['MUST', 'SHOULD']).optional(),
  exchange: z.string().optional(),
});

export const cellResultSchema = z.object({
  operation: z.string(),
  verdict: z.enum(cellVerdicts),
  reason: z.string().optional(),
  findings: z.array(findingSchema),
  /** Ids of exchanges. */
  exchanges: z.array(z.string()),
});
export type CellResult = z.infer<typeof cellResultSchema>;

/** Uses of the old key around one regeneration; milliseconds from the moment the regeneration was asked for. */
export const timelineSchema = z.object({
  regenerationEndMs: z.number(),
  /** How long after the end of the regeneration a request began that was still let in; 0: none. */
  longestStalenessMs: z.number(),
  uses: z.array(z.object({ startMs: z.number(), endMs: z.number(), accepted: z.boolean() })),
});
export type Timeline = z.infer<typeof timelineSchema>;

/** What one scenario came to: what a Playwright test attaches and the report is built from. */
export const scenarioResultSchema = z.object({
  scenario: z.string(),
  verdict: z.enum(cellVerdicts),
  reason: z.string().optional(),
  /** In words: what was presented and what is wanted. */
  sent: z.string(),
  expected: z.string(),
  /** The untouched key before and after: proof that a refusal means something. */
  control: z
    .object({ operation: z.string(), before: z.number().optional(), after: z.number().optional() })
    .optional(),
  cells: z.array(cellResultSchema),
  timeline: timelineSchema.optional(),
  /** Findings of the requirements that watch every exchange. */
  observed: z.array(findingSchema.extend({ operation: z.string() })),
  exchanges: z.array(exchangeRecordSchema),
  requests: z.number().int(),
  durationMs: z.number(),
});
export type ScenarioResult = z.infer<typeof scenarioResultSchema>;
