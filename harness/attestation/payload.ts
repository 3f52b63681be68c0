import * as z from 'zod';
import { defined } from '../model/defined.ts';
import { requirementVerdicts } from '../model/index.ts';
import { type Report, reportSchema } from '../model/report.ts';
import { leftOutOperations } from '../report/operations.ts';

/** Media type of the JWS, in its header `typ` without `application/` (RFC 7515 section 4.1.9). */
export const certificateType = 'mufi-conformance-certificate+jwt';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const text = z.string().trim().min(1).max(200);

/** Who is certified: the content of the vendor's `--implementation` file. */
export const implementationSchema = z.strictObject({
  name: text,
  version: text,
  /** An e-mail address or a URL that reaches somebody. */
  contact: z.union([z.email(), z.url({ protocol: /^https?$/ })], {
    error: 'must be an e-mail address or an http or https URL',
  }),
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  /** Ids of operations that the implementation does not have. */
  without: z.array(text).optional(),
  /** True only for the reference server that the suite starts itself. */
  embedded: z.boolean().optional(),
});
export type Implementation = z.infer<typeof implementationSchema>;

/** What a certificate says. Times are in ISO 8601, except `iat`, which is in seconds since 1970. */
export const payloadSchema = z.strictObject({
  schemaVersion: z.literal('1.0'),
  iat: z.number().int(),
  implementation: implementationSchema,
  target: z.strictObject({
    baseUrl: z.string(),
    implementation: reportSchema.shape.target.shape.implementation,
    /** How many operations were tested, the total, and which were not tested. */
    operations: z
      .strictObject({ tested: z.number().int(), of: z.number().int(), without: z.array(z.string()) })
      .optional(),
  }),
  suite: z.strictObject({ name: z.string(), version: z.string() }),
  run: z.strictObject({
    id: z.string(),
    startedAt: z.iso.datetime(),
    finishedAt: z.iso.datetime(),
    strict: z.boolean(),
  }),
  profiles: reportSchema.shape.profiles,
  requirements: z.record(z.string(), z.enum(requirementVerdicts)),
  counts: reportSchema.shape.counts,
  digests: z.strictObject({ catalogue: digest, openapi: digest, report: digest, evidence: digest }),
});
export type CertificatePayload = z.infer<typeof payloadSchema>;

/** The part of a payload that depends only on the report; a verifier computes it again. */
export type PartFromReport = Pick<
  CertificatePayload,
  'target' | 'suite' | 'run' | 'profiles' | 'requirements' | 'counts'
>;

/** What a certificate says about this report. */
export function attestedBy(report: Report): PartFromReport {
  const { target, suite, profiles, counts } = report;
  const { implementation } = target;
  const without = leftOutOperations(target);
  const of = target.operations.length;
  return {
    target: {
      baseUrl: target.baseUrl,
      ...defined({ implementation }),
      operations: { tested: of - without.length, of, without },
    },
    suite: { name: suite.name, version: suite.version },
    run: {
      id: report.runId,
      startedAt: report.startedAt,
      finishedAt: new Date(Date.parse(report.startedAt) + report.durationMs).toISOString(),
      strict: report.options.strict,
    },
    profiles,
    requirements: Object.fromEntries(report.requirements.map(({ id, verdict }) => [id, verdict])),
    counts,
  };
}
