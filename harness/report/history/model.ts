import type { DecidedVerdict, Level, RequirementVerdict, RunVerdict } from '../../model/index.ts';
import type { Report } from '../../model/report.ts';

/** What the history keeps of the report of one night. */
export interface Night
  extends Pick<
    Report,
    'runId' | 'startedAt' | 'durationMs' | 'counts' | 'options' | 'target' | 'configuration' | 'notTested'
  > {
  /** Where the report was found. */
  readonly file: string;
  /** The base URL, or that it is the embedded reference server. */
  readonly address: string;
  readonly outcome: NightVerdict;
  /** One sentence: the single cause, else the reason for the verdict. */
  readonly reason: string;
  /** False for a night that says nothing about its target: broken, or undecided for a single cause. */
  readonly decided: boolean;
  readonly suiteVersion: string;
  readonly catalogueDigest: string;
  readonly requirements: readonly NightRequirement[];
  readonly owners: readonly Owner[];
}

/** The verdict of a night; `broken` if the suite itself failed. */
export type NightVerdict = RunVerdict | 'broken';

/** One requirement in one night. */
export interface NightRequirement {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly level: Level;
  readonly verdict: RequirementVerdict;
}

/** Who is responsible for a known failure. */
export interface Owner {
  readonly requirement: string;
  readonly owner: string;
  readonly expires: string;
}

/** A file that is not part of the history, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly why: string;
}

/** One night as it is shown. */
export interface HistoryNight
  extends Pick<
    Night,
    'runId' | 'startedAt' | 'durationMs' | 'outcome' | 'reason' | 'decided' | 'suiteVersion'
  > {
  readonly counts: Pick<Report['counts'], 'requirements' | 'scenarios' | 'cells' | 'requests'>;
  /** Requirements that fail, without those that the baseline lists. */
  readonly failing: number;
  readonly requestsPerSecond: number;
  /** What was tested less than in the last earlier night that could decide, one sentence each. */
  readonly less: readonly string[];
}

/** One requirement over all nights. */
export interface HistoryRow extends Pick<NightRequirement, 'id' | 'family' | 'title' | 'level'> {
  /**
   * One entry for each night; null if the report of that night does not have the requirement. A night that could not
   * decide is a gap.
   */
  readonly verdicts: readonly (RequirementVerdict | null)[];
  /** The last verdict that says something about the target; undefined if there is none. */
  readonly now?: DecidedVerdict;
  /** Start of the first night in which it was not kept. */
  readonly firstSeen?: string;
  /** Start of the first night of the current failure, ignoring gaps; undefined if the requirement is kept. */
  readonly since?: string;
  /** How often it changed between kept and not kept. */
  readonly changes: number;
  /** It broke, was kept again, and broke again. */
  readonly flaky: boolean;
  /** How many of the last nights in a row could not decide it. */
  readonly undecidedNights: number;
  readonly owners: readonly Omit<Owner, 'requirement'>[];
}

/** The nights of one target in order of time; every rendering depends on this value alone. */
export interface History {
  readonly schemaVersion: '1.0';
  readonly target: string;
  /** The current state, in one sentence. */
  readonly summary: string;
  readonly nights: readonly HistoryNight[];
  /** Failures first, then known failures, warnings, kept and undecided requirements; the oldest state first. */
  readonly requirements: readonly HistoryRow[];
  readonly leftOut: readonly SkippedFile[];
}
