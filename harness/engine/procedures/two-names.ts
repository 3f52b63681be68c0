import { eventsUpdate } from '../matrix/operations/events-update.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { send } from '../session/send.ts';
import { keyOf } from '../session/session.ts';
import { leaveNoTrace } from './leave-no-trace.ts';

/**
 * A write names an own thing by one name, and one of the other project by another; the owner looks before and after. A
 * target may take a second name for a new one. So the own event gets its own names back.
 */
export async function twoNamesLeaveNoTrace(context: CellContext): Promise<CellOutcome[]> {
  try {
    return await leaveNoTrace(context);
  } finally {
    await giveNamesBack(context);
  }
}

async function giveNamesBack({ session, planned }: CellContext): Promise<void> {
  const { otherProject } = session.state;
  const operation = planned.operations.find(({ id }) => id === eventsUpdate.id);
  if (operation === undefined || !otherProject.known.includes('event')) return;
  const body = eventsUpdate.work?.body(otherProject);
  await send(session, {
    operation,
    key: keyOf(session, {}, 'other-project-write'),
    variant: 'valid',
    parts: { path: operation.path, query: [], body, succeeds: true },
  });
}
