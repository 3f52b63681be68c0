import { isSuccess, type Operation, type Reason } from '../../model/index.ts';
import type { CellContext, CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { attempts, isMissingForEverybody } from '../session/presence.ts';
import { type SentRequest, statusOf } from '../session/send.ts';
import { ask, type ComparedRequest, compareWithUnknown } from '../session/unknown-path.ts';
import { stands } from '../verdict/judgement.ts';

/**
 * Sends the credential of the scenario to each operation that is claimed absent. The answer must always look like that
 * of a path that does not exist. A difference is checked once more before it counts, except for a success.
 */
export async function looksClaimedAbsent(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  // One after the other, so that identical requests to unknown paths have one order in a recording.
  for (const operation of context.planned.operations) outcomes.push(await tried(context, operation));
  return outcomes;
}

async function tried(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session } = context;
  const sent: SentRequest[] = [];
  const found: ProcedureFinding[] = [...usedBefore(context, operation)];
  let silent: Reason | undefined;
  for (const asked of ofScenario(context, operation)) {
    const first = await compareWithUnknown(session, operation, asked);
    sent.push(...first.sent);
    if (first.isAlike) continue;
    const again = isSuccess(statusOf(first.answer))
      ? first
      : await compareWithUnknown(session, operation, asked);
    if (again !== first) sent.push(...again.sent);
    if (again.isAlike) continue;
    const { answer, elsewhere } = again;
    if (answer.exchange.failure !== undefined) silent ??= unanswered(answer);
    if (answer.exchange.failure !== undefined || elsewhere === undefined) continue;
    if (statusOf(answer) === 404 && (await isBlocked(context, operation, answer, sent))) continue;
    const who = answer.exchange.credential.description.split(':')[0];
    const body = statusOf(answer) === elsewhere ? ' with another body' : '';
    const message = `${operation.id} is claimed as not implemented but answers ${statusOf(answer)} (${who}); a path that does not exist answers ${elsewhere}${body}`;
    found.push({
      kind: isSuccess(statusOf(answer)) ? kindOf(context, operation) : 'inconsistent',
      message,
      sent: answer,
    });
  }
  const outcome = procedureOutcome(context, operation, found, sent, silent);
  // An operation that is claimed absent has no documented answers.
  return { ...outcome, observed: outcome.observed.filter(stands) };
}

/** The credential of the scenario, with each kind of body. */
function ofScenario({ session, planned }: CellContext, operation: Operation): ComparedRequest[] {
  const { key: role = 'write', forge } = planned.scenario;
  const scenario = { id: planned.id, title: planned.scenario.title };
  const { keys } = session.state.target;
  const key = role === 'none' ? undefined : role === 'read' ? keys.read : keys.write;
  return attempts(session, operation)
    .filter((one) => one.key === key && (one.forge === undefined) === (forge === undefined))
    .map((one) => ({ ...one, forge, scenario }));
}

/** True if a front end blocks it: every request gets the front end's own 404. */
async function isBlocked(
  { session }: CellContext,
  operation: Operation,
  answer: SentRequest,
  sent: SentRequest[],
): Promise<boolean> {
  const others: SentRequest[] = [];
  for (const asked of attempts(session, operation)) others.push(await ask(session, operation, asked));
  sent.push(...others);
  return isMissingForEverybody(session, operation, [answer, ...others]);
}

/** Whether the write key used it while the fixture was created. */
function usedBefore({ session, planned }: CellContext, operation: Operation): ProcedureFinding[] {
  const { key, forge } = planned.scenario;
  const state = session.state.operations.find((one) => one.operation.id === operation.id);
  if (key !== undefined || forge !== undefined || state?.availability !== 'available') return [];
  const { note } = state;
  const status = note?.code === 'claimed-absent' ? note.parameters.status : undefined;
  const message = `${operation.id}: it is claimed as not implemented, but the unmodified write key got ${status} in the preflight`;
  return [{ kind: 'inconsistent', message }];
}

/** For a success: whether the credential had to be rejected. */
function kindOf({ planned }: CellContext, { permission }: Operation): ProcedureFinding['kind'] {
  const { key, forge } = planned.scenario;
  const isBad = key === 'none' || forge !== undefined || (key === 'read' && permission === 'write');
  return isBad ? 'let-in' : 'inconsistent';
}
