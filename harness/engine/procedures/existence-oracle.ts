import { because, isSuccess, type Operation } from '../../model/index.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { type SentRequest, send } from '../session/send.ts';
import { keyOf } from '../session/session.ts';

/**
 * Names objects of another project, then objects that do not exist: a different status shows which ids exist (RFC 9110
 * section 15.5.4 offers 404 for that). Bodies may repeat the id and are not compared.
 */
export function existenceOracle(context: CellContext): Promise<CellOutcome[]> {
  return Promise.all(context.planned.operations.map((operation) => compare(context, operation)));
}

async function compare(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const ask = (variant: 'by-id' | 'unknown-id'): Promise<SentRequest> =>
    send(session, {
      operation,
      key: keyOf(session, {}, 'other-project-write'),
      variant,
      scenario: { id: planned.id, title: planned.scenario.title },
      method: planned.scenario.method,
    });
  const foreign = await ask('by-id');
  const unknown = await ask('unknown-id');
  const sent = [foreign, unknown];
  const [one, other] = sent.map(({ exchange }) => exchange.response?.status);
  if (one === undefined || other === undefined || !foreign.succeeds) {
    const silent = sent.find(({ exchange }) => exchange.failure !== undefined);
    const reason = silent === undefined ? because('existence-not-comparable') : unanswered(silent);
    return procedureOutcome(context, operation, [], sent, reason);
  }
  // Which rejection comes back is another question.
  const onlySuccess = planned.scenario.expect === 'nothing of another project';
  const isTold = onlySuccess ? isSuccess(one) && !isSuccess(other) : one !== other;
  if (!isTold) return procedureOutcome(context, operation, [], sent);
  const message = `a thing of another project gets ${one}, a thing that does not exist gets ${other}`;
  const found: ProcedureFinding[] = [{ kind: 'inconsistent', message, sent: foreign }];
  return procedureOutcome(context, operation, found, sent);
}
