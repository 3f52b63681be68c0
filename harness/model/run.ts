/** What a run is asked to do, after all input has been checked. */

import * as z from 'zod';
import { baselineSchema } from './baseline.ts';
import type { Key } from './session.ts';
import { type Capability, profiles } from './terms.ts';

/** quick: the scenarios that detect the most faults per request, mostly on one read and one write operation. */
export const depths = ['quick', 'full'] as const;
export type Depth = (typeof depths)[number];
/** observe: read operations only; reject-only: write operations only with keys that must be rejected; full: all. */
export const modes = ['observe', 'reject-only', 'full'] as const;
export type Mode = (typeof modes)[number];

const lastFailed = '--last-failed';

/** How a report names a run of only what failed last time. */
export function lastFailedSelection(pattern: string | undefined): string {
  return pattern === undefined ? lastFailed : `${lastFailed} -g ${pattern}`;
}

/** Which scenarios run: those with a matching id or title, or only the listed ones. */
export interface Selection {
  readonly selection: string | undefined;
  readonly only?: readonly string[] | undefined;
}

/** How people ask for a selection: "-g PATTERN", or "--last-failed". */
export function selectionInWords(selection: string): string {
  return selection === lastFailed || selection.startsWith(`${lastFailed} -g `)
    ? selection
    : `-g ${selection}`;
}

/** Keys that a person can supply, by role; the token is a JWT of the same issuer that is not an API key. */
export type SuppliedRole =
  | 'write'
  | 'read'
  | 'revoked'
  | 'long-lived'
  | 'other-environment'
  | 'other-project-write'
  | 'other-project-read'
  | 'other-token';

/** How key control is reached (see `schemas/control.openapi.yaml`). */
export type ControlAddress =
  | { readonly kind: 'url'; readonly url: string; readonly token: string }
  | { readonly kind: 'command'; readonly command: string };

export interface TargetConfiguration {
  /** Without a trailing slash; undefined: the embedded reference server. */
  readonly baseUrl: string | undefined;
  readonly keys: Partial<Readonly<Record<SuppliedRole, Key>>>;
  readonly control: ControlAddress | undefined;
  readonly jwksUrl: string | undefined;
  readonly replicaUrls: readonly string[];
  /** Where the same target would answer plain HTTP, without a trailing slash; missing if it is not known. */
  readonly httpUrl?: string;
  /** The user says that there is no other environment, so nobody can supply a key of one. */
  readonly onlyEnvironment?: true;
  /** Ids of operations that the target does not implement, according to the user, in alphabetical order. */
  readonly without?: readonly string[];
  readonly maxRequestsPerSecond: number | undefined;
  readonly concurrency: number;
  readonly timeoutMs: number;
  /** A run that takes longer is interrupted. */
  readonly timeLimitMs: number;
  readonly userAgent: string | undefined;
  /** Seed of the names that hide that the run comes from this suite; missing: the suite does not hide. */
  readonly anonymous?: string;
  readonly productionHosts: readonly string[];
  /** File of certificates (PEM) to trust in addition to those of the machine, from NODE_EXTRA_CA_CERTS. */
  readonly caFile?: string;
}

/** Options of a run. An option of the command line that has the same name here needs nothing else to get here. */
export const runOptionsSchema = z.object({
  /** Profiles that must be complete; undefined: core, and those that have the capabilities they need. */
  profiles: z.array(z.enum(profiles)).readonly().optional(),
  depth: z.enum(depths).default('full'),
  mode: z.enum(modes).default('full'),
  strict: z.boolean().default(false),
  openapi: z.string().optional(),
  out: z.string().default('reports/latest'),
  allowProduction: z.string().optional(),
  /** Known failures that do not fail the run. */
  baseline: baselineSchema.optional(),
  /** Records everything that comes from outside, so that the run can be judged again. */
  record: z.boolean().optional(),
  /** Texts that the user publishes anyway, such as the name of the implementation: they are not redacted. */
  publicTexts: z.array(z.string()).readonly().optional(),
  /** The run is one of several shards. */
  sharded: z.boolean().optional(),
  /** Nobody looks at the tests of the test runner, so one of them stands for all. */
  inOneTest: z.boolean().optional(),
  /** The selection of `-g`, for the report. */
  selection: z.string().optional(),
  /** The full ids of the only scenarios that run; replaces `selection`. */
  only: z.array(z.string()).readonly().optional(),
  /** The id of the only operation that anything is tested on. */
  operation: z.string().optional(),
});
export type RunOptions = Readonly<Omit<z.infer<typeof runOptionsSchema>, keyof Selection>>;

/** What unlocks a capability: a sentence, and the variables and the option that it names. */
export interface Unlock {
  readonly capability: Capability;
  readonly sentence: string;
  readonly variables: readonly string[];
  readonly option?: string;
}
