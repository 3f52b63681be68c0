import type { ComparisonOutcome, Level, RequirementVerdict } from '../../model/index.ts';
import type { Report } from '../../model/report.ts';
import type { Regression } from './standing.ts';

export const changeKinds = [
  'newly-failing',
  'still-failing',
  'no-longer-decided',
  'newly-warning',
  'newly-known',
  'newly-passing',
  'newly-decided',
  'no-longer-applicable',
  'still-warning',
  'new',
  'gone',
  'still-undecided',
  'unchanged',
] as const;
/** How a requirement changed between two reports; the kinds that matter most to a reader come first. */
export type ChangeKind = (typeof changeKinds)[number];

/** One side of a cell. */
export interface CellSide {
  readonly verdict: RequirementVerdict;
  /** Statuses that came back, each once, in ascending order; a failure kind if there was no answer. */
  readonly answers: readonly string[];
  /** Messages of the findings, each once. */
  readonly messages: readonly string[];
  /** Who seems to have answered, if not the API alone. */
  readonly notes?: readonly string[];
}

/** One operation in one scenario, on both sides; a side is missing if that run has no such cell. */
export interface CellPair {
  readonly operation: string;
  readonly old?: CellSide;
  readonly new?: CellSide;
  /** Set if it deviates more than before. */
  readonly worse?: Regression;
}

/** One scenario on both sides. */
export interface ScenarioPair {
  readonly id: string;
  readonly title: string;
  readonly old?: RequirementVerdict;
  readonly new?: RequirementVerdict;
  /** Set if it, or one of its cells, deviates more than before. */
  readonly worse?: Regression;
  /** It was decided before, and now it is inconclusive, not tested or not applicable. */
  readonly lost: boolean;
  /** Cells whose verdict changed. */
  readonly cells: readonly CellPair[];
}

/** What a change means for the exit code. */
export type Consequence = 'regression' | 'undecided' | 'none';

/** One requirement on both sides. */
export interface RequirementPair {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly change: ChangeKind;
  readonly consequence: Consequence;
  readonly old?: RequirementVerdict;
  readonly new?: RequirementVerdict;
  /** Why the new verdict is what it is, if the report says so. */
  readonly reason?: string;
  /** Id of the requirement to fix first: the second report says that this failure is a consequence of that one. */
  readonly fixFirst?: string;
  /** Why the baseline no longer accepts a known failure that still occurs: one sentence. */
  readonly unexcused?: string;
  /** Scenarios whose verdict changed, or with cells whose verdict changed. */
  readonly scenarios: readonly ScenarioPair[];
}

/** Cells with the same verdict and another answer; cells with the same answers form one group. */
export interface AnswerChange {
  readonly old: readonly string[];
  readonly new: readonly string[];
  readonly cells: readonly {
    readonly requirement: string;
    readonly scenario: string;
    readonly operation: string;
  }[];
}

/** What is shown of each of the two runs. */
export type RunSide = Pick<Report, 'runId' | 'startedAt' | 'verdict' | 'reason' | 'options' | 'suite'> & {
  /** The base URL, or that it is the embedded reference server. */
  readonly target: string;
  readonly implementation?: string;
  readonly cause?: string;
};

/** Two reports compared; every rendering depends on this value alone. */
export interface Comparison {
  readonly schemaVersion: '1.0';
  readonly outcome: ComparisonOutcome;
  /** One sentence: why. */
  readonly reason: string;
  readonly old: RunSide;
  readonly new: RunSide;
  /** The reports are of two different targets, not of one target at two times. */
  readonly sideBySide: boolean;
  /** What limits the comparison, for example another catalogue or other options. */
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /**
   * All requirements of both reports: failures of the new one with causes first, then its others, then those that are
   * gone.
   */
  readonly requirements: readonly RequirementPair[];
  readonly answers: readonly AnswerChange[];
}
