import * as z from 'zod';
import {
  baselineEntrySchema,
  cellResultSchema,
  depths,
  exchangeRecordSchema,
  modes,
  profiles,
  reasonSchema,
  requirementVerdicts,
  runVerdicts,
  timelineSchema,
} from './index.ts';
import { seemsSchema } from './seems.ts';

/** A cell as the report shows it: a failure may be `known`. */
export const cellReportSchema = cellResultSchema.extend({ verdict: z.enum(requirementVerdicts) });
export type CellReport = z.infer<typeof cellReportSchema>;

export const scenarioReportSchema = z.object({
  id: z.string(),
  title: z.string(),
  verdict: z.enum(requirementVerdicts),
  reason: z.string().optional(),
  /** The same as data, if the engine gave it. */
  because: reasonSchema.optional(),
  sent: z.string(),
  expected: z.string(),
  /** The expected status; missing if several statuses are equally right. */
  due: z.number().int().optional(),
  /** Whether an unmodified key of the project is sent; missing in older reports, and if nothing ran. */
  unmodified: z.boolean().optional(),
  /** Set if it takes several steps or keys that key control makes, so that no single request does it again. */
  procedure: z.literal(true).optional(),
  control: z
    .object({ operation: z.string(), before: z.number().optional(), after: z.number().optional() })
    .optional(),
  cells: z.array(cellReportSchema),
  timeline: timelineSchema.optional(),
  durationMs: z.number(),
});
export type ScenarioReport = z.infer<typeof scenarioReportSchema>;

export const requirementReportSchema = z.object({
  id: z.string(),
  family: z.string(),
  /** The sentence of the contract. */
  title: z.string(),
  level: z.enum(['MUST', 'SHOULD']),
  profile: z.enum(profiles),
  verdict: z.enum(requirementVerdicts),
  reason: z.string().optional(),
  /** The same as data, if the engine gave it. */
  because: reasonSchema.optional(),
  source: z.object({ document: z.string(), section: z.string(), link: z.string() }),
  advice: z.string(),
  /** Findings that the advice fits, in addition to those about keys that are accepted or denied access. */
  adviceFits: z.array(z.enum(['wrong-status', 'redirect', 'server-error'])).optional(),
  /** Requirements that probably cause a failure of this one if they fail on the same operations. */
  explainedBy: z.array(z.string()).optional(),
  /** The last one may be `<id>/elsewhere`: findings in exchanges of other scenarios. */
  scenarios: z.array(scenarioReportSchema),
});
export type RequirementReport = z.infer<typeof requirementReportSchema>;

/** An exchange as the report shows it; for a failure, also who seems to have answered. */
export const exchangeReportSchema = exchangeRecordSchema.extend({ seems: seemsSchema.optional() });
export type ExchangeReport = z.infer<typeof exchangeReportSchema>;

export const entryStates = ['stale', 'expired', 'known', 'not-judged'] as const;
/** One entry of the baseline and what the run found. With `stale` or `expired` the run fails. */
export const baselineEntryReportSchema = baselineEntrySchema.extend({
  state: z.enum(entryStates),
  /** Why, in one sentence. */
  why: z.string(),
  /** Failing cells that it covers. */
  cells: z.number().int(),
});
export type BaselineEntryReport = z.infer<typeof baselineEntryReportSchema>;

/** The report. Every rendering is made from it; its schema is published as `report.schema.json`. */
export const reportSchema = z.object({
  schemaVersion: z.literal('1.0'),
  suite: z.object({ name: z.string(), version: z.string(), catalogueDigest: z.string() }),
  target: z.object({
    baseUrl: z.string(),
    /** Whether it is the reference server that the suite started; missing in older reports. */
    embedded: z.boolean().optional(),
    implementation: z
      .object({ name: z.string(), version: z.string(), url: z.string().optional() })
      .optional(),
    /** `shut-out`: rejects the unmodified write key. `absent`: the target does not implement it. */
    operations: z.array(
      z.object({
        id: z.string(),
        permission: z.enum(['read', 'write']),
        availability: z.enum(['available', 'absent', 'shut-out', 'broken', 'unknown']),
        note: z.string().optional(),
        /** The same as data. */
        because: reasonSchema.optional(),
        /** Set if the user says that the target does not implement it: `--without`. */
        claimedAbsent: z.literal(true).optional(),
        /** Set if a documented operation looks absent and nobody said so; such a run is never conformant. */
        unclaimed: z.literal(true).optional(),
      }),
    ),
    /** Signature algorithm that the supplied keys name. */
    algorithm: z.string().optional(),
  }),
  runId: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  /** The lowest rate that overload answers forced on the run, in requests a second; missing if none did. */
  slowestPerSecond: z.number().optional(),
  verdict: z.enum(runVerdicts),
  /** Why, in one sentence. */
  reason: z.string(),
  /** Set when the run stopped early: the one cause. */
  cause: z.string().optional(),
  /** The same as data, if there is a code for it. */
  because: reasonSchema.optional(),
  /** Set if somebody interrupted the run. The report has what was done until then, and is never conformant. */
  interrupted: z.literal(true).optional(),
  options: z.object({
    profiles: z.array(z.enum(profiles)),
    depth: z.enum(depths),
    mode: z.enum(modes),
    strict: z.boolean(),
    selection: z.string().optional(),
  }),
  /** Variables of the run; keys and tokens are shown as "set" or "not set". */
  configuration: z.array(z.object({ name: z.string(), value: z.string() })),
  profiles: z.array(
    z.object({
      id: z.enum(profiles),
      claimed: z.boolean(),
      verdict: z.enum([...runVerdicts, 'not-claimed']),
      reason: z.string().optional(),
    }),
  ),
  /** What was tested: requirements and scenarios with at least one applicable cell, and those cells. */
  counts: z.object({
    requirements: z.number().int(),
    scenarios: z.number().int(),
    cells: z.number().int(),
    requests: z.number().int(),
    verdicts: z.record(z.enum(requirementVerdicts), z.number().int()),
  }),
  requirements: z.array(requirementReportSchema),
  exchanges: z.array(exchangeReportSchema),
  /** Accepted failures; missing if the run had no baseline. */
  baseline: z.object({ file: z.string(), entries: z.array(baselineEntryReportSchema) }).optional(),
  /** What was not tested and how to unlock it. */
  notTested: z.array(
    z.object({
      capability: z.string(),
      unlock: z.string(),
      variables: z.array(z.string()),
      requirements: z.array(z.string()),
    }),
  ),
  /** Faults of the suite itself; a run with any is broken. */
  suiteFaults: z.array(z.string()),
});
export type Report = z.infer<typeof reportSchema>;
