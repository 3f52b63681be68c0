import { defined } from './defined.ts';
/** What the engine reports about a scenario, and how verdicts are ordered. */

import * as z from 'zod';
import { failureKinds, findingKinds } from './exchange.ts';
import { because, type Reason, reasonSchema } from './reason.ts';
import { type CellVerdict, cellVerdicts, worseOf } from './verdicts.ts';

/**
 * Requests that were repeated because their first answer was in doubt: how many there were, how many got another
 * answer, and how often each first answer ("403 text/html") did not repeat.
 */
export const repeatsSchema = z.object({
  requests: z.number().int(),
  differently: z.number().int(),
  answers: z.record(z.string(), z.number().int()),
  /** True if a request with the unmodified key was among those with another answer. */
  unmodified: z.boolean(),
});
export type Repeats = z.infer<typeof repeatsSchema>;

const header = z.tuple([z.string(), z.string()]);

/** One exchange as recorded: redacted, bodies cut at 16 KiB. */
export const exchangeRecordSchema = z.object({
  id: z.string(),
  operation: z.string().optional(),
  variant: z.string(),
  credential: z.object({
    description: z.string(),
    variable: z.string().optional(),
    /** Set if it is the unmodified write or read key of the project. */
    ofProject: z.literal(true).optional(),
  }),
  request: z.object({
    method: z.string(),
    url: z.string(),
    /** Missing for HTTP/1.1. */
    version: z.literal('HTTP/2').optional(),
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
  /** A shell command that sends the same request again. It names keys and does not contain them. */
  replay: z.string(),
});
export type ExchangeRecord = z.infer<typeof exchangeRecordSchema>;

export const findingSchema = z.object({
  kind: z.enum(findingKinds),
  requirement: z.string(),
  message: z.string(),
  level: z.enum(['MUST', 'SHOULD']).optional(),
  exchange: z.string().optional(),
  /** The answer in short, if the message only compares the expected answer with the actual one. */
  tells: z.string().optional(),
});

export const cellResultSchema = z.object({
  operation: z.string(),
  verdict: z.enum(cellVerdicts),
  because: reasonSchema.optional(),
  /** The same as a sentence; the engine leaves this to the report. */
  reason: z.string().optional(),
  findings: z.array(findingSchema),
  /** Set if the first answer was in doubt and did not repeat. */
  unrepeated: z.literal(true).optional(),
  /** Ids of exchanges. */
  exchanges: z.array(z.string()),
});
export type CellResult = z.infer<typeof cellResultSchema>;

/** Uses of the old key around one regeneration; milliseconds from the moment the regeneration was requested. */
export const timelineSchema = z.object({
  regenerationEndMs: z.number(),
  /**
   * How long after the end of the regeneration the last accepted request with the old key began; 0 if there was none.
   */
  longestStalenessMs: z.number(),
  /** All rounds together detect, with 99 % probability, an old key that works this many milliseconds longer. */
  surelySeenMs: z.number().optional(),
  uses: z.array(z.object({ startMs: z.number(), endMs: z.number(), accepted: z.boolean() })),
});
export type Timeline = z.infer<typeof timelineSchema>;

/** The worst cell decides. Cells that do not apply count only if there are no others. */
export function summarise(cells: readonly CellResult[]): Summary {
  const applicable = cells.filter(({ verdict }) => verdict !== 'not-applicable');
  const [first] = cells;
  if (applicable.length === 0) {
    const nothing = { because: because('nothing-to-send-to') };
    return { verdict: 'not-applicable', ...(first === undefined ? nothing : whyOf(first, nothing)) };
  }
  const worst = applicable.reduce((one, other) => worseOf(one, other));
  return { verdict: worst.verdict, ...whyOf(worst) };
}

/** The verdict of several cells, and why. */
export interface Summary extends Why {
  readonly verdict: CellVerdict;
}

/** A reason as data, as a sentence, or as both. */
export interface Why {
  readonly because?: Reason | undefined;
  readonly reason?: string | undefined;
}

/** The reason of something; `otherwise` if it has none. */
export function whyOf({ because: code, reason }: Why, otherwise: Why = {}): Why {
  return code === undefined && reason === undefined ? otherwise : defined({ because: code, reason });
}

/** The result of one scenario: a Playwright test attaches it, and the report is built from it. */
export const scenarioResultSchema = z.object({
  scenario: z.string(),
  verdict: z.enum(cellVerdicts),
  because: reasonSchema.optional(),
  /** The same as a sentence; the engine leaves this to the report. */
  reason: z.string().optional(),
  /** In words: what was presented and what is expected. */
  sent: z.string(),
  expected: z.string(),
  /** The unmodified key before and after: proof that a rejection has a meaning. */
  control: z
    .object({ operation: z.string(), before: z.number().optional(), after: z.number().optional() })
    .optional(),
  cells: z.array(cellResultSchema),
  timeline: timelineSchema.optional(),
  /** Findings of the requirements that watch every exchange. */
  observed: z.array(findingSchema.extend({ operation: z.string() })),
  exchanges: z.array(exchangeRecordSchema),
  /** Missing if no answer was in doubt. */
  repeats: repeatsSchema.optional(),
  requests: z.number().int(),
  durationMs: z.number(),
  /** The lowest rate so far that overload answers forced on the run, in requests a second; missing if none did. */
  slowestPerSecond: z.number().optional(),
});
export type ScenarioResult = z.infer<typeof scenarioResultSchema>;
