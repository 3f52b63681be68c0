import { setTimeout as sleep } from 'node:timers/promises';
import { defined } from '../../model/defined.ts';
import { isAccepted, type Key, type Operation, type Permission } from '../../model/index.ts';
import { ControlError } from '../key-control/protocol.ts';
import { changedConnection, type RawConnection } from '../probe/raw-connection.ts';
import { blockedReason, type CellContext, type CellOutcome } from '../session/cell.ts';
import { type ProcedureFinding, procedureOutcome, unanswered } from '../session/outcome.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import { isReader, keyOf, type Session } from '../session/session.ts';
import { onConnection } from '../session/warm-connection.ts';
import { inTurn, makeManyKeys, revokeMade } from './made-key.ts';

/** How many keys take turns, and how many requests are aborted. */
const many = 20;
/** How many of them send at a time. */
const together = 10;
const describe = (permission: Permission, number: number): string =>
  `${permission} key ${number} of ${many} that take turns`;

/** Keys of both permissions take turns on one connection. */
export async function keysTakeTurns(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const keys: Key[] = [];
  try {
    await makeManyKeys(session, { count: many, projectId: session.state.projectId, describe }, keys);
    const outcomes: CellOutcome[] = [];
    for (const operation of planned.operations) {
      const blocked = blockedReason(session, planned, operation);
      const sent: SentRequest[] = [];
      const before = blocked === undefined ? await useEach(context, operation, keys) : [];
      const lost =
        blocked ??
        (await onConnection(session, {}, async (connection) => {
          for (const key of keys) {
            const one = await use(context, operation, key, connection.open ? connection : undefined);
            // If the target keeps no connection open, two keys cannot share one.
            const isLost = one.exchange.failure?.kind === 'broken';
            sent.push(isLost ? await use(context, operation, key) : one);
          }
          return undefined;
        }));
      const reason = lost !== undefined && 'undecided' in lost ? lost.undecided : lost;
      outcomes.push(judged(context, operation, { keys, before, sent }, reason));
    }
    return outcomes;
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return planned.operations.map((one) => procedureOutcome(context, one, [], [], error.because));
  } finally {
    await revokeMade(session, keys);
  }
}

/** Aborts requests with the write key, several at a time, before their answer; then both keys send in turn. */
export async function abortedLeaveNothing(context: CellContext): Promise<CellOutcome[]> {
  const { session, planned } = context;
  const keys = Array.from({ length: many }, (_, index) => keyOf(session, {}, inTurn[index % 2] ?? 'write'));
  const outcomes: CellOutcome[] = [];
  for (const operation of planned.operations) {
    const blocked = blockedReason(session, planned, operation);
    const sent: SentRequest[] = [];
    const before: SentRequest[] = [];
    if (blocked === undefined) {
      const [write, read] = await useEach(context, operation, keys.slice(0, 2));
      before.push(...keys.flatMap((_key, index) => (index % 2 === 0 ? write : read) ?? []));
      const writer = keyOf(session, {}, 'write');
      for (let first = 1; first <= many; first += together) {
        await Promise.all(
          Array.from({ length: together }, (_, later) =>
            onConnection(session, {}, (connection) =>
              use(context, operation, writer, cutShort(connection, first + later)),
            ),
          ),
        );
      }
      await session.cassette.value('a pause after what was aborted', () => sleep(50).then(() => 50));
      for (let next = 0; next < many; next += together) {
        sent.push(...(await useEach(context, operation, keys.slice(next, next + together))));
      }
    }
    outcomes.push(judged(context, operation, { keys, before, sent }, blocked));
  }
  return outcomes;
}

/**
 * A request with a read key may be carried out if it is wrongly accepted; a request with a write key changes nothing.
 */
function use(
  { session, planned }: CellContext,
  operation: Operation,
  key: Key,
  connection?: RawConnection,
): Promise<SentRequest> {
  const variant = mayUse(session, key, operation) ? 'repeatable' : 'valid';
  const { id, scenario } = planned;
  return send(session, {
    operation,
    key,
    variant,
    scenario: { id, title: scenario.title },
    ...defined({ connection }),
  });
}

/** The answer to each key alone: what is wrong there is not caused by other keys. */
function useEach(
  context: CellContext,
  operation: Operation,
  keys: readonly Key[],
): Promise<readonly SentRequest[]> {
  return Promise.all(keys.map((key) => use(context, operation, key)));
}

function mayUse(session: Session, key: Key, { permission }: Operation): boolean {
  return permission === 'read' || !isReader(session, key);
}

/** A connection that closes this many milliseconds after a request was sent, answered or not. */
function cutShort(connection: RawConnection, milliseconds: number): RawConnection {
  return changedConnection(connection, (bytes, method) => {
    setTimeout(() => connection.close(), milliseconds);
    return connection.exchange(bytes, method);
  });
}

/** Keys with the answer to each alone, and then the answers together with the others. */
interface KeyAnswers {
  readonly keys: readonly Key[];
  readonly before: readonly SentRequest[];
  readonly sent: readonly SentRequest[];
}

/** True if a status is not the expected one for a key that may, or may not, use the operation. */
export function isWrong(status: number | undefined, isAllowed: boolean): boolean {
  return isAllowed ? status === 401 || status === 403 : isAccepted(status);
}

function judged(
  context: CellContext,
  operation: Operation,
  { keys, before, sent }: KeyAnswers,
  undecided: ReturnType<typeof blockedReason>,
): CellOutcome {
  const found = sent.flatMap((one, at): ProcedureFinding[] => {
    const [key, alone] = [keys[at], before[at]];
    const status = statusOf(one);
    if (key === undefined || alone === undefined || status === undefined) return [];
    const isAllowed = mayUse(context.session, key, operation);
    if (isWrong(statusOf(alone), isAllowed)) return [];
    const answer = `the answer is ${status} to the ${key.description}, number ${at + 1} of ${keys.length}`;
    if (isAllowed && isWrong(status, isAllowed)) {
      return [{ kind: 'shut-out', message: `success was expected; ${answer}`, sent: one }];
    }
    if (isWrong(status, isAllowed)) {
      return [{ kind: 'let-in', message: `403 was expected; ${answer}`, sent: one }];
    }
    return [];
  });
  const silent = sent.find(({ exchange }) => exchange.response === undefined);
  const reason = undecided ?? (silent && unanswered(silent));
  return procedureOutcome(context, operation, found.slice(0, 1), sent, reason);
}
