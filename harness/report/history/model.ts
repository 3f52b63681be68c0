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
  /** One sentence: the one cause, else why the verdict is what it is. */
  readonly reason: string;
  /** False of a night that says nothing about its target: broken, or undecided for one cause. */
  readonly decided: boolean;
  readonly suiteVersion: string;
  readonly catalogueDigest: string;
  readonly requirements: readonly NightRequirement[];
  readonly owners: readonly Owner[];
}

/** The verdict of a night; `broken` where the suite itself failed. */
export type NightVerdict = RunVerdict | 'broken';

/** One requirement in one night. */
export interface NightRequirement {
  readonly id: string;
  readonly family: string;
  readonly title: string;
  readonly level: Level;
  readonly verdict: RequirementVerdict;
}

/** Who answers for a known failure. */
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
  /** Requirements that fail; those that the baseline lists are not among them. */
  readonly failing: number;
  readonly requestsPerSecond: number;
  /** What was tested less than in the last night before that could decide, one sentence each. */
  readonly less: readonly string[];
}

/** One requirement over all nights. */
export interface HistoryRow extends Pick<NightRequirement, 'id' | 'family' | 'title' | 'level'> {
  /** One a night; null where the report of that night does not have it. A night that could not decide is a gap. */
  readonly verdicts: readonly (RequirementVerdict | null)[];
  /** The last verdict that says something about the target; absent where there is none. */
  readonly now?: DecidedVerdict;
  /** Start of the first night in which it was not kept. */
  readonly firstSeen?: string;
  /** Start of the first night since which it is not kept, gaps left aside; absent where it is kept. */
  readonly since?: string;
  /** How often it changed between kept and not kept. */
  readonly changes: number;
  /** It broke, was kept again, and broke again. */
  readonly flaky: boolean;
  /** The last nights, so many, could not decide it. */
  readonly undecidedNights: number;
  readonly owners: readonly Omit<Owner, 'requirement'>[];
}

/** The nights of one target in the order of their time; every rendering is a function of this value. */
export interface History {
  readonly schemaVersion: '1.0';
  readonly target: string;
  /** What is true now, in one sentence. */
  readonly summary: string;
  readonly nights: readonly HistoryNight[];
  /** What fails first, then what is known, warned of, kept and open; the longest standing first. */
  readonly requirements: readonly HistoryRow[];
  readonly leftOut: readonly SkippedFile[];
}
