import { because, type Operation } from '../../model/index.ts';
import { eventsGet } from '../matrix/operations/events-get.ts';
import { tellsNothing } from '../matrix/operations/lookup.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { notApplicable, type ProcedureFinding, procedureOutcome, StepFailure } from '../session/outcome.ts';
import { type SentRequest, send } from '../session/send.ts';
import { keyOf } from '../session/session.ts';
import { askAsOwner } from './lookups.ts';

/**
 * A key of another project changes an event of its own project; afterwards this project must still not have that event.
 */
export async function thingsStay(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) outcomes.push(await writeOwn(context, operation));
  return outcomes;
}

async function writeOwn(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const sent: SentRequest[] = [];
  try {
    const found = await tryToMove(context, operation, sent);
    return procedureOutcome(context, operation, found, sent);
  } catch (error) {
    if (!(error instanceof StepFailure)) return notApplicable(context, operation, sent, error);
    return procedureOutcome(context, operation, [], sent, error.because);
  }
}

async function tryToMove(
  { session, planned }: CellContext,
  operation: Operation,
  sent: SentRequest[],
): Promise<ProcedureFinding[]> {
  const { id, scenario } = planned;
  const { otherProject } = session.state;
  const { key: role = 'other-project-write', request = 'valid' } = scenario;
  if (role === 'none' || !otherProject.known.includes('event'))
    throw new StepFailure(because('names-not-made'));
  const ask = askAsOwner(session, sent);
  const look = () => ask(eventsGet.id, { path: { IdOrReferenceId: otherProject.eventId } });
  const before = (await look()).status ?? 0;
  // If an object of the other project was visible before, it has not been moved.
  if (before < 400) throw new StepFailure(because('step-answered', { step: 'look-up', status: before }));
  const made = await send(session, {
    operation,
    key: keyOf(session, {}, role),
    variant: request,
    scenario: { id, title: scenario.title },
    present: scenario.present,
  });
  sent.push(made);
  const after = (await look()).status ?? 0;
  if (after === 0) throw new StepFailure(because('step-unanswered', { step: 'look-up' }));
  if (tellsNothing(after))
    throw new StepFailure(because('step-answered', { step: 'look-up', status: after }));
  if (after >= 300) return [];
  const message = `the event ${otherProject.eventId} of the other project is in this one after ${operation.id} named this one in its body`;
  return [{ kind: 'side-effect', message, sent: made }];
}
