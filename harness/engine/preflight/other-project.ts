import type { FixtureSet } from '../../model/index.ts';
import { emptyOtherProject } from '../matrix/fixture-sets.ts';
import { operationThat } from '../matrix/operations/index.ts';
import type { RepeatedRequest } from '../session/repeat.ts';
import type { Session } from '../session/session.ts';
import { buildSet, type Call, callerOf, makeProduct } from './fixture.ts';

/**
 * Finds or creates the objects of the second project, with its own write key. A faulty target may have given the item
 * to a user of another project for good. So the item is moved once and back, and replaced if that fails.
 */
export async function buildOtherProject(
  session: Session,
  mayWrite: boolean,
  sent: RepeatedRequest[],
): Promise<FixtureSet> {
  if (session.state.target.keys['other-project-write'] === undefined) return emptyOtherProject;
  const call = callerOf(session, 'other-project-write', sent);
  const set = await buildSet(call, emptyOtherProject, mayWrite);
  if (!mayWrite || !set.known.includes('item')) return set;
  // An interrupted run may have left it with the other user: then it only moves back.
  await move(call, set, 'forth');
  if (await move(call, set, 'back')) return set;
  const made = await makeProduct(call, set);
  return made.productId === undefined || made.itemId === undefined
    ? { ...set, known: set.known.filter((thing) => thing !== 'item') }
    : { ...set, productId: made.productId, itemId: made.itemId };
}

async function move(call: Call, set: FixtureSet, direction: 'forth' | 'back'): Promise<boolean> {
  const operation = operationThat('moves', 'item');
  const answer = await call(operation, {
    path: operation.path?.(set),
    body: operation.moves?.[direction](set),
  });
  return answer !== undefined;
}
