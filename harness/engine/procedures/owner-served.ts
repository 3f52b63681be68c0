import { setTimeout as sleep } from 'node:timers/promises';
import { because, type Operation } from '../../model/index.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome } from '../session/outcome.ts';
import { inSequence } from '../session/right-after.ts';
import { type SendSpec, type SentRequest, send, statusOf } from '../session/send.ts';
import { keyOf } from '../session/session.ts';

/** These rejections must repeat before they count. */
const refusals = [401, 403, 404];
const tries = 3;
/** How long to wait, several times, until a cached rejection has expired. */
const pauseMs = 200;
const mostPauses = 6;

/**
 * First the owner is served. Then a credential that must be rejected sends a request, and right after it the owner
 * sends the same one: the owner must not get a cached rejection.
 */
export async function ownerIsServed(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) outcomes.push(await askInTurn(context, operation));
  return outcomes;
}

async function askInTurn(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const sent: SentRequest[] = [];
  const first = await askAsOwner(context, operation, sent);
  let last = await askAfterAnother(context, operation, sent);
  const status = statusOf(last);
  if (!first.succeeds || !isRefused(last)) return procedureOutcome(context, operation, [], sent);
  for (let tried = 1; tried < tries; tried += 1) {
    if (isRefused(await untilServed(context, operation, sent))) break;
    last = await askAfterAnother(context, operation, sent);
    if (isRefused(last)) continue;
    const reason = because('owner-refused-once', { first: status, later: statusOf(last) });
    return procedureOutcome(context, operation, [], sent, reason);
  }
  const message = `success was expected; the owner gets ${status} right after the same request with another key was rejected`;
  const found: ProcedureFinding[] = [{ kind: 'shut-out', message, sent: last }];
  return procedureOutcome(context, operation, found, sent);
}

/** Asks as the owner until the rejection is forgotten, with a limit. */
async function untilServed(
  context: CellContext,
  operation: Operation,
  sent: SentRequest[],
): Promise<SentRequest> {
  for (let asked = 1; ; asked += 1) {
    await context.session.cassette.value('a pause before the owner asks again', async () => {
      await sleep(pauseMs);
      return pauseMs;
    });
    const answer = await askAsOwner(context, operation, sent);
    if (asked >= mostPauses || !isRefused(answer)) return answer;
  }
}

/** Sends the credential that must be rejected, and right after it the request of the owner. */
async function askAfterAnother(
  context: CellContext,
  operation: Operation,
  sent: SentRequest[],
): Promise<SentRequest> {
  const { session, planned } = context;
  const { key: role, forge } = planned.scenario;
  const key = role === undefined || role === 'none' ? undefined : keyOf(session, {}, role);
  const refused = await ask(context, operation, { key, forge });
  const after = inSequence(refused, await ask(context, operation, { key: session.state.target.keys.write }));
  sent.push(refused, after);
  return after;
}

async function askAsOwner(
  context: CellContext,
  operation: Operation,
  sent: SentRequest[],
): Promise<SentRequest> {
  const answer = await ask(context, operation, { key: context.session.state.target.keys.write });
  sent.push(answer);
  return answer;
}

function ask(
  { session, planned: { id, scenario } }: CellContext,
  operation: Operation,
  credential: Pick<SendSpec, 'key' | 'forge'>,
): Promise<SentRequest> {
  const { request = 'valid', title } = scenario;
  return send(session, { operation, variant: request, scenario: { id, title }, ...credential });
}

function isRefused(sent: SentRequest): boolean {
  return refusals.includes(statusOf(sent) ?? 0);
}
