import { type Reason, stands } from '../../model/index.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { doubtsOf, isDoubted, isOpen, settle } from '../session/doubt.ts';
import { controlFailed, probeControl } from '../session/positive-control.ts';
import { mostRepeats, pauseBeforeRepeat } from '../session/repeat.ts';
import { runProcedure } from './index.ts';

/**
 * Runs the procedure of the scenario. Runs all of it again if a finding on one of its operations must repeat before it
 * counts, as in a cell. One outcome for each operation.
 */
export async function runConfirmedProcedure(context: CellContext): Promise<CellOutcome[]> {
  const begun: string[] = [];
  try {
    return await confirmed(context, begun);
  } finally {
    context.session.known.end(begun);
  }
}

async function confirmed(context: CellContext, begun: string[]): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const first = await runProcedure(context);
  const tries = first.map((outcome) => [outcome]);
  const doubts = (outcomes: readonly CellOutcome[]) => outcomes.map((outcome) => doubtsOf(outcome, false));
  const doubted: CellOutcome[][] = [];
  for (const outcomes of tries) {
    const [one] = doubts(outcomes);
    if (one !== undefined && (await isDoubted(session, one, begun))) doubted.push(outcomes);
  }
  let control: Reason | undefined;
  for (let repeat = 0; repeat < mostRepeats; repeat += 1) {
    const open = doubted.filter((outcomes) => repeat === 0 || isOpen(doubts(outcomes)));
    if (open.length === 0) break;
    await pauseBeforeRepeat(session, repeat);
    const again = await runProcedure(context);
    for (const outcomes of tries) {
      const operation = outcomes[0]?.cell.operation;
      const one = again.find(({ cell }) => cell.operation === operation);
      // A security hole in an operation without doubts counts anyway.
      if (one !== undefined && (open.includes(outcomes) || holesIn(one))) outcomes.push(one);
    }
    if (open.some((outcomes) => doubts(outcomes).at(-1)?.failure !== undefined)) {
      control ??= controlFailed(await probeControl(session, planned.id));
    }
  }
  const { level } = planned.requirement;
  return tries.map((outcomes) =>
    settle(session, outcomes, { level, watched: false, control, unmodified: false }),
  );
}

function holesIn({ cell, observed }: CellOutcome): boolean {
  return cell.findings.some(stands) || observed.some(stands);
}
