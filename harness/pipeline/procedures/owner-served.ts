import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../../model.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../cell.ts';
import { inSequence } from '../right-after.ts';
import { type SendSpec, type Sent, send } from '../send.ts';
import { keyOf } from '../tools.ts';
import { type Found, procedureOutcome } from './outcome.ts';

/** What refuses: it has to come again before it counts. */
const refusals = [401, 403, 404];
const tries = 3;
const pauseMs = 100;

/**
 * Lets a credential that has to be refused ask for something, and its owner ask for the same right afterwards, before
 * which the owner was served: a refusal that is kept must not be the answer to the owner.
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
  const sent: Sent[] = [];
  const [first, , last] = await turn(context, operation, sent);
  if (first === undefined || last === undefined) return procedureOutcome(context, operation, [], sent);
  if (!first.succeeds || !refusals.includes(statusOf(last))) {
    return procedureOutcome(context, operation, [], sent);
  }
  let again = last;
  for (let tried = 1; tried < tries; tried += 1) {
    await session.tape.fact('a pause before the owner asks again', async () => {
      await sleep(pauseMs);
      return pauseMs;
    });
    again = (await turn(context, operation, sent))[2] ?? again;
    if (statusOf(again) !== statusOf(last)) {
      const reason = `the owner is answered ${statusOf(last)} once, then ${statusOf(again)}: what does not come again decides nothing`;
      return procedureOutcome(context, operation, [], sent, reason);
    }
  }
  const message = `success was expected; the owner is answered ${statusOf(again)} right after the same request was refused to another`;
  const found: Found[] = [{ kind: 'shut-out', message, sent: again }];
  return procedureOutcome(context, operation, found, sent);
}

/** The owner, the credential that has to be refused, and the owner again ask for the same. */
async function turn(context: CellContext, operation: Operation, sent: Sent[]): Promise<Sent[]> {
  const { session, planned } = context;
  const { scenario } = planned;
  const { write } = session.state.target.keys;
  const role = scenario.key === undefined || scenario.key === 'none' ? undefined : scenario.key;
  const stranger = role === undefined ? undefined : keyOf(session, {}, role);
  const ask = (credential: Pick<SendSpec, 'key' | 'forge'>): Promise<Sent> =>
    send(session, {
      operation,
      variant: scenario.request ?? 'valid',
      scenario: { id: planned.id, title: scenario.title },
      ...credential,
    });
  const before = await ask({ key: write });
  const refused = await ask({ key: stranger, forge: scenario.forge });
  const after = inSequence(refused, await ask({ key: write }));
  sent.push(before, refused, after);
  return [before, refused, after];
}

function statusOf({ exchange }: Sent): number {
  return exchange.response?.status ?? 0;
}
