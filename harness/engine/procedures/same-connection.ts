import { because, type Operation } from '../../model/index.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { procedureOutcome } from '../session/outcome.ts';
import { sendWarm } from '../session/warm-connection.ts';
import { judge } from '../verdict/expectations.ts';

/**
 * Sends the unmodified key, then the credential of the scenario, over one connection. A server or proxy must not use
 * what it remembers of the first request for the second.
 */
export function keyGoesBefore(context: CellContext): Promise<CellOutcome[]> {
  return Promise.all(context.planned.operations.map((operation) => tryAfterKey(context, operation)));
}

async function tryAfterKey(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const { id, scenario, requirement } = planned;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const { sent, second, undecided } = await sendWarm(session, {
    operation,
    key: session.state.target.keys.write,
    variant: scenario.request ?? 'valid',
    scenario: { id, title: scenario.title },
    forge: scenario.forge,
    present: scenario.present,
  });
  if (second === undefined || undecided !== undefined) {
    return procedureOutcome(context, operation, [], sent, undecided ?? because('nothing-sent'));
  }
  const judgement = judge(scenario.expect, {
    requirement: requirement.id,
    exchange: second.exchange,
    operation,
    succeeds: second.succeeds,
    otherProjectIds: [],
    unknownPath: session.state.unknownPath,
  });
  const found = judgement.findings.map(({ kind, message }) => ({
    kind,
    message: `${message}, on a connection that carried the unmodified key before`,
    sent: second,
  }));
  return procedureOutcome(context, operation, found, sent, judgement.undecided);
}
