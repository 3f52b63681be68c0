import { randomBytes } from 'node:crypto';
import type { Operation } from '../../model.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../cell.ts';
import { type Sent, send } from '../send.ts';
import { keyOf } from '../tools.ts';
import { lookups } from './lookups.ts';
import { type Found, procedureOutcome, StepFailed } from './outcome.ts';

/**
 * Tries every write with a key that has to be refused and looks with the owner's write key, before and after,
 * whether anything was created or changed.
 */
export async function leaveNoTrace(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) {
    const blocked = blockedReason(context.session, context.planned, operation);
    outcomes.push(
      blocked === undefined
        ? await tryWrite(context, operation)
        : procedureOutcome(context, operation, [], [], blocked),
    );
  }
  return outcomes;
}

async function tryWrite(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const { scenario } = planned;
  const lookup = lookups[operation.id];
  if (lookup === undefined) {
    return procedureOutcome(context, operation, [], [], 'nothing in the API shows what this operation did');
  }
  const sent: Sent[] = [];
  const variant = scenario.key?.startsWith('other-project') ? 'foreign' : 'traced';
  const set = session.state.fixture[variant];
  const marker = `conformance ${randomBytes(5).toString('hex')}`;
  try {
    const before = await lookup.look(session, set, marker, sent);
    const key =
      scenario.key === undefined || scenario.key === 'none' ? undefined : keyOf(session, {}, scenario.key);
    const attempt = await send(session, {
      operation,
      key,
      variant,
      marker,
      scenario: { id: planned.id, title: scenario.title },
      forge: scenario.forge,
    });
    sent.push(attempt);
    const after = await lookup.look(session, set, marker, sent);
    const trace = lookup.trace(before, after, marker);
    const found: Found[] =
      trace === undefined ? [] : [{ kind: 'side-effect', message: trace, sent: attempt }];
    return procedureOutcome(context, operation, found, sent, attempt.exchange.failure?.message);
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    return procedureOutcome(context, operation, [], sent, error.message);
  }
}
