import { type FixtureSet, isServerFailure, isSuccess, type JsonValue } from '../../model/index.ts';
import { knownOperations } from '../matrix/operations/index.ts';
import type { KnownOperation } from '../matrix/operations/known-operation.ts';
import { fillPath } from '../matrix/requests.ts';
import { lastOf, type RepeatedRequest, settledWork } from '../session/repeat.ts';
import { send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';

/**
 * Lets the write key do every kind of work that does not grow the target: each write operation once. Work on one kind
 * of object goes in order; different kinds run in parallel.
 */
export async function doRealWork(session: Session, set: FixtureSet, sent: RepeatedRequest[]): Promise<void> {
  const take = async ({ known, body }: Step): Promise<RepeatedRequest | undefined> => {
    const operation = session.state.operations.find((entry) => entry.operation.id === known.id)?.operation;
    if (operation === undefined) return undefined;
    const path = fillPath(operation.path, known.path?.(set) ?? {}, '');
    const { write: key } = session.state.target.keys;
    const parts = { path, query: [], body, succeeds: true };
    return settledWork(session, () => send(session, { operation, key, variant: 'repeatable', parts }));
  };
  const takeAll = async (steps: readonly Step[]): Promise<RepeatedRequest[]> => {
    const taken: RepeatedRequest[] = [];
    for (const step of steps) {
      let answer = await take(step);
      // An interrupted run may have left the item with the other user: it is brought back and moved again.
      if (step.undo !== undefined && !succeeded(answer) && succeeded(await take(step.undo))) {
        if (answer !== undefined && isServerFailure(statusOf(answer))) taken.push(answer);
        answer = await take(step);
      }
      if (answer !== undefined) taken.push(answer);
    }
    return taken;
  };
  const steps = knownOperations.flatMap((known) => stepsOf(known, set));
  const kinds = [...new Set(steps.map(kindOf))];
  const taken = await Promise.all(
    kinds.map((kind) => takeAll(steps.filter((step) => kindOf(step) === kind))),
  );
  sent.push(...taken.flat());
}

/** The first word of the path after the version: `users` in `POST /v1/users/create`. */
function kindOf({ known }: Step): string {
  return known.id.split('/')[2] ?? '';
}

interface Step {
  readonly known: KnownOperation;
  readonly body: JsonValue;
  /** Undoes the move of this step. */
  readonly undo?: Step;
}

function succeeded(sent: RepeatedRequest | undefined): boolean {
  return sent !== undefined && isSuccess(statusOf(lastOf(sent)));
}

/** The real work of an operation; empty if the suite could not create or find what it needs. */
function stepsOf(known: KnownOperation, set: FixtureSet): Step[] {
  const { work, moves } = known;
  const needs = work?.needs ?? known.needs ?? [];
  if (!needs.every((thing) => set.known.includes(thing))) return [];
  if (moves !== undefined) {
    const undo = { known, body: moves.back(set) };
    return [{ known, body: moves.forth(set), undo }, undo];
  }
  return work === undefined ? [] : [{ known, body: work.body(set) }];
}
