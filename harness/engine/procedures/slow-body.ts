import { setTimeout as sleep } from 'node:timers/promises';
import { because, type Operation } from '../../model/index.ts';
import { changedConnection, type RawConnection } from '../probe/raw-connection.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { procedureOutcome } from '../session/outcome.ts';
import { send } from '../session/send.ts';
import { keyOf } from '../session/session.ts';
import { onConnection } from '../session/warm-connection.ts';
import { judge } from '../verdict/expectations.ts';

/** After the first pause the head of the request has certainly arrived; after the second it has waited for long. */
const [firstPauseMs, secondPauseMs] = [50, 250];
/** If nothing else can be sent in the meantime, the body is sent after this time. */
const mostMs = 2000;
const between = 3;

/** Sends the head of a request, then requests with the write key, and only then the body. */
export async function bodyComesLate(context: CellContext): Promise<CellOutcome[]> {
  const outcomes: CellOutcome[] = [];
  for (const operation of context.planned.operations) outcomes.push(await sendSlowly(context, operation));
  return outcomes;
}

async function sendSlowly(context: CellContext, operation: Operation): Promise<CellOutcome> {
  const { session, planned } = context;
  const { id, scenario, requirement } = planned;
  const blocked = blockedReason(session, planned, operation);
  if (blocked !== undefined) return procedureOutcome(context, operation, [], [], blocked);
  const { key: role = 'read' } = scenario;
  const key = role === 'none' ? undefined : keyOf(session, {}, role);
  let go = (): void => undefined;
  const until = new Promise<void>((resolve) => {
    go = resolve;
  });
  const slow = await onConnection(session, {}, async (connection) => {
    const answer = send(session, {
      operation,
      key,
      variant: scenario.request ?? 'valid',
      scenario: { id, title: scenario.title },
      connection: pausing(connection, Promise.race([until, sleep(mostMs)])),
    });
    await pause(context, firstPauseMs);
    const others = [];
    for (let sent = 0; sent < between; sent += 1) {
      const write = keyOf(session, {}, 'write');
      others.push(await send(session, { operation, key: write, variant: 'repeatable' }));
    }
    await pause(context, secondPauseMs);
    go();
    return { others, answer: await answer };
  });
  if ('undecided' in slow) return procedureOutcome(context, operation, [], [], slow.undecided);
  const { answer, others } = slow;
  const { failure } = answer.exchange;
  if (failure !== undefined) {
    const reason = because('no-answer', { message: failure.message });
    return procedureOutcome(context, operation, [], [...others, answer], reason);
  }
  const judgement = judge(scenario.expect, {
    requirement: requirement.id,
    exchange: answer.exchange,
    operation,
    succeeds: answer.succeeds,
    otherProjectIds: [],
    unknownPath: session.state.unknownPath,
  });
  const found = judgement.findings.map(({ kind, message }) => ({
    kind,
    message: `${message}, where the body came after requests with the write key`,
    sent: answer,
  }));
  return procedureOutcome(context, operation, found, [...others, answer], judgement.undecided);
}

async function pause({ session }: CellContext, milliseconds: number): Promise<void> {
  await session.cassette.value('a pause between head and body', async () => {
    await sleep(milliseconds);
    return milliseconds;
  });
}

/** A connection that sends the head of a request first and its body later. */
function pausing(connection: RawConnection, until: Promise<unknown>): RawConnection {
  return changedConnection(connection, (bytes, method) => {
    const at = bytes.indexOf('\r\n\r\n') + 4;
    return connection.exchange(bytes, method, { at, until });
  });
}
