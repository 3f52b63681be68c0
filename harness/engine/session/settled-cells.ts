import { dueAnswers, type Reason } from '../../model/index.ts';
import type { CellContext, CellOutcome } from './cell-outcome.ts';
import { doubtsOf, isDoubted, isOpen, settle } from './doubt.ts';
import { controlFailed, probeControl } from './positive-control.ts';
import { mostRepeats, pauseBeforeRepeat } from './repeat.ts';

/** A cell, the results of its attempts, and how it is tried again. */
export interface OpenCell {
  readonly tries: CellOutcome[];
  again?(repeat: number): Promise<CellOutcome>;
}

/** Repeats what is doubted in the cells of a scenario; one outcome for each cell. */
export async function settledCells(context: CellContext, cells: readonly OpenCell[]): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const { scenario, requirement } = planned;
  const watched = scenario.expect === 'observed';
  const unmodified = dueAnswers[scenario.expect].accepted === true;
  const begun: string[] = [];
  try {
    const control = await repeatDoubted(context, cells, begun);
    return cells.map(({ tries }) =>
      settle(session, tries, { level: requirement.level, watched, control, unmodified }),
    );
  } finally {
    session.known.end(begun);
  }
}

/**
 * Repeats all doubted cells at a time. If there is a server error among them, checks in between with the unmodified key
 * that the target is in order; returns why it is not.
 */
async function repeatDoubted(
  context: CellContext,
  cells: readonly OpenCell[],
  begun: string[],
): Promise<Reason | undefined> {
  const { session, planned } = context;
  const watched = planned.scenario.expect === 'observed';
  const doubts = ({ tries }: OpenCell) => tries.map((one) => doubtsOf(one, watched));
  const doubted: OpenCell[] = [];
  for (const cell of cells) {
    const [first] = doubts(cell);
    if (first !== undefined && cell.again !== undefined && (await isDoubted(session, first, begun)))
      doubted.push(cell);
  }
  let broken: Reason | undefined;
  for (let repeat = 0; repeat < mostRepeats; repeat += 1) {
    const open = doubted.filter((cell) => repeat === 0 || isOpen(doubts(cell)));
    if (open.length === 0) break;
    await pauseBeforeRepeat(session, repeat);
    const again = await Promise.all(open.map((cell) => cell.again?.(repeat + 1)));
    for (const [index, cell] of open.entries())
      cell.tries.push(...(again[index] === undefined ? [] : [again[index]]));
    if (open.some((cell) => doubts(cell).at(-1)?.failure !== undefined)) {
      broken ??= controlFailed(await probeControl(session, planned.id));
    }
  }
  return broken;
}
