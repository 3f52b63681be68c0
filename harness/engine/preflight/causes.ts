import {
  because,
  isSuccess,
  type Key,
  type Operation,
  type Permission,
  type Reason,
} from '../../model/index.ts';
import { namesKnownThings } from '../matrix/requests.ts';
import { type SentRequest, send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';
import { isAnswered, type OperationState } from '../session/session-state.ts';

/** Why nothing can be tested, if the answers of the operations show it. */
export async function causeOf(
  session: Session,
  operations: readonly OperationState[],
): Promise<Reason | undefined> {
  const cause = causeOfAnswers(operations, session.state.baseUrl);
  const looked = operations.filter(({ availability }) => !['unknown', 'absent'].includes(availability));
  const isDead = looked.every((one) => one.availability === 'shut-out' && isAnswered(one, 401));
  const { read } = session.state.target.keys;
  if (cause === undefined || looked.length === 0 || !isDead || read === undefined) return cause;
  const reading = looked.map(({ operation }) => operation).filter(({ permission }) => permission === 'read');
  const answers = await Promise.all(
    reading.map((operation) => send(session, { operation, key: read, variant: 'repeatable' })),
  );
  return answers.some(succeeded) ? dead('write', 'MUFI_READ_KEY') : cause;
}

function causeOfAnswers(operations: readonly OperationState[], baseUrl: string): Reason | undefined {
  const looked = operations.filter(({ availability }) => availability !== 'unknown');
  const present = looked.filter(({ availability }) => availability !== 'absent');
  const all = (availability: string): boolean =>
    present.length > 0 && present.every((entry) => entry.availability === availability);
  const noteOf = (states: readonly OperationState[]): Reason =>
    states[0]?.note ?? because('operation-silent', {});
  if (looked.length > 0 && present.length === 0) {
    return because('no-operation-found', { baseUrl, note: noteOf(looked) });
  }
  if (all('shut-out')) return because('write-key-refused', { note: noteOf(present) });
  if (all('broken')) return because('no-proper-answer', { note: noteOf(present) });
  const odd = present.find(({ unlike }) => unlike !== undefined);
  const hopeless = present.every((entry) => entry.unlike !== undefined || entry.availability === 'broken');
  if (odd?.unlike !== undefined && hopeless) {
    return because('not-an-api', { unlike: odd.unlike });
  }
  const refused = present.find(({ refusal }) => refusal !== undefined)?.refusal;
  if (
    refused !== undefined &&
    present.every(
      ({ refusal, availability }) => refusal?.status === refused.status || availability === 'broken',
    )
  ) {
    return because('refuses-in-text', refused);
  }
  const writing = present.filter(({ operation }) => operation.permission === 'write');
  const forbidden = writing.filter((one) => isAnswered(one, 403));
  if (writing.length > 1 && forbidden.length === writing.length) {
    return because('writers-forbidden');
  }
  return undefined;
}

/** What the read key gets on every read operation that may be there. */
export async function answersToReadKey(session: Session): Promise<readonly SentRequest[]> {
  const { operations, target } = session.state;
  const { read } = target.keys;
  if (read === undefined) return [];
  const reading = operations
    .map(({ operation }) => operation)
    .filter(({ id, permission }) => permission === 'read' && target.without?.includes(id) !== true);
  return askAll(session, read, reading);
}

/**
 * The same for the read key: every read operation that accepts the write key rejects it, or finds nothing for it.
 * `asked`: what it got. A new object may not have been visible then, so what looks wrong is asked again.
 */
export async function causeOfReadKey(
  session: Session,
  operations: readonly OperationState[],
  asked: readonly SentRequest[],
): Promise<Reason | undefined> {
  const { read, write } = session.state.target.keys;
  const reading: Operation[] = operations
    .filter(({ availability, operation }) => availability === 'available' && operation.permission === 'read')
    .map(({ operation }) => operation);
  if (read === undefined || reading.length === 0) return undefined;
  const naming = reading.filter((operation) => namesKnownThings(operation, session.state.fixture.main));
  const judge = (all: readonly SentRequest[]): 'dead' | 'blind' | undefined => {
    const of = (some: readonly Operation[]) =>
      all.filter(({ exchange }) => some.some(({ id }) => id === exchange.operation));
    if (of(reading).every(({ exchange }) => exchange.response?.status === 401)) return 'dead';
    const letIn = of(reading.filter((operation) => !naming.includes(operation))).some(succeeded);
    return letIn && naming.length > 1 && of(naming).every(foundNothing) ? 'blind' : undefined;
  };
  if (judge(asked) === undefined) return undefined;
  const judged = judge(await askAll(session, read, reading));
  if (judged === 'dead') return dead('read', 'MUFI_WRITE_KEY');
  // Asked only if it matters: a target that finds nothing for any key is another case.
  if (judged === undefined || !(await askAll(session, write, naming)).every(succeeded)) return undefined;
  return because('read-key-of-other-project');
}

function askAll(
  session: Session,
  key: Key | undefined,
  operations: readonly Operation[],
): Promise<SentRequest[]> {
  return Promise.all(operations.map((operation) => send(session, { operation, key, variant: 'repeatable' })));
}

/**
 * Another key works, so the fault is in this key or its kind. Only a new key can show whether the target rejects all
 * keys of this kind.
 */
function dead(permission: Permission, other: string): Reason {
  return because('supplied-key-dead', { permission, other });
}

function succeeded(sent: SentRequest): boolean {
  return isSuccess(statusOf(sent));
}

/** True if the answer is neither a success nor about the key itself. */
function foundNothing({ exchange: { response } }: SentRequest): boolean {
  return response !== undefined && [400, 404, 410, 422].includes(response.status);
}
