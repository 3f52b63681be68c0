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
/** What became of a requirement between two reports, in the order in which a reader wants to know. */
export type ChangeKind = (typeof changeKinds)[number];

/** One side of a cell. */
export interface CellSide {
  readonly verdict: RequirementVerdict;
  /** Statuses that came back, each once, in ascending order; a failure kind where nothing came back. */
  readonly answers: readonly string[];
  /** What was found, each once. */
  readonly messages: readonly string[];
  /** Who seems to have answered, where it is not the API alone. */
  readonly notes?: readonly string[];
}

/** One operation in one scenario, on both sides; a side is absent where the cell was not executed. */
export interface CellPair {
  readonly operation: string;
  readonly old?: CellSide;
  readonly new?: CellSide;
  /** Set where it deviates more than before. */
  readonly worse?: Regression;
}

/** One scenario on both sides. */
export interface ScenarioPair {
  readonly id: string;
  readonly title: string;
  readonly old?: RequirementVerdict;
  readonly new?: RequirementVerdict;
  /** Set where it, or one of its cells, deviates more than before. */
  readonly worse?: Regression;
  /** Was decided, and is inconclusive, not tested or not applicable now. */
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
  /** Why the new verdict is what it is, where the report says so. */
  readonly reason?: string;
  /** Id of the requirement to fix first: the second report says that this one fails only where that one fails. */
  readonly fixFirst?: string;
  /** Why the baseline no longer excuses what was known and still fails, where that is so: one sentence. */
  readonly unexcused?: string;
  /** Scenarios whose verdict changed, or with cells whose verdict changed. */
  readonly scenarios: readonly ScenarioPair[];
}

/** Cells that are judged as before and answered differently, those with the same answers together. */
export interface AnswerChange {
  readonly old: readonly string[];
  readonly new: readonly string[];
  readonly cells: readonly {
    readonly requirement: string;
    readonly scenario: string;
    readonly operation: string;
  }[];
}

/** What is said of each of the two runs. */
export type RunSide = Pick<Report, 'runId' | 'startedAt' | 'verdict' | 'reason' | 'options' | 'suite'> & {
  /** The base URL, or that it is the embedded reference server. */
  readonly target: string;
  readonly implementation?: string;
  readonly cause?: string;
};

/** Two reports beside each other; every rendering is a function of this value. */
export interface Comparison {
  readonly schemaVersion: '1.0';
  readonly outcome: ComparisonOutcome;
  /** One sentence: why. */
  readonly reason: string;
  readonly old: RunSide;
  readonly new: RunSide;
  /** Two targets, and not one at two times. */
  readonly sideBySide: boolean;
  /** What limits the comparison: other catalogue, other options. */
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<ChangeKind, number>>;
  /** All of both: what fails in the new report with causes first, its others in their order, those that are gone. */
  readonly requirements: readonly RequirementPair[];
  readonly answers: readonly AnswerChange[];
}
