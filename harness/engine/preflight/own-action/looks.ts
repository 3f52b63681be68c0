import { defined } from '../../../model/defined.ts';
import type { Key, Operation } from '../../../model/index.ts';
import { unknownSet } from '../../matrix/fixture-sets.ts';
import { unknownThings } from '../../matrix/requests.ts';
import { answered, lastOf, settled } from '../../session/repeat.ts';
import { type SentRequest, send, statusOf } from '../../session/send.ts';
import { isReader, type Session } from '../../session/session.ts';
import type { OperationState } from '../../session/session-state.ts';

/** Where keys are tried: requests that any active key may send and that leave nothing behind. */
export interface Places {
  readonly read: Operation;
  /** Missing if valid keys may not write. */
  readonly write?: Operation;
}

/** One read operation and, if `mayWrite`, a write operation that names an unknown object. */
export function keyPlaces(states: readonly OperationState[], mayWrite: boolean): Places | undefined {
  const available = states
    .filter(({ availability }) => availability === 'available')
    .map(({ operation }) => operation);
  const named = (operation: Operation): boolean => unknownThings(operation, unknownSet).length > 0;
  const reading = available.filter(({ permission }) => permission === 'read');
  const read = reading.find((operation) => !named(operation) && operation.method === 'GET') ?? reading[0];
  if (read === undefined) return undefined;
  const write = available.find((operation) => operation.permission === 'write' && named(operation));
  return write === undefined || !mayWrite ? { read } : { read, write };
}

/** The answers to a key on the operations where it was tried. */
export interface KeyAnswers {
  readonly key: Key;
  readonly read: SentRequest;
  readonly write?: SentRequest;
}

/** Tries each key once; what `use` does with each request. */
export function lookAt(
  session: Session,
  places: Places,
  keys: readonly Key[],
  useKey: typeof use = use,
): Promise<KeyAnswers[]> {
  return Promise.all(
    keys.map(async (key) => {
      const [read, write] = await Promise.all([
        useKey(session, places.read, key),
        places.write === undefined ? undefined : useKey(session, places.write, key),
      ]);
      return { key, read, ...defined({ write }) };
    }),
  );
}

/** Sends a key to an operation in a request that changes nothing. */
export async function use(session: Session, operation: Operation, key: Key): Promise<SentRequest> {
  return lastOf(await answered(session, () => once(session, operation, key)));
}

/** The same before anything was done: something in front may refuse what the key may do, so that is asked again. */
export async function useBefore(session: Session, operation: Operation, key: Key): Promise<SentRequest> {
  if (operation.permission === 'write' && isReader(session, key)) return use(session, operation, key);
  return lastOf(await settled(session, () => once(session, operation, key)));
}

function once(session: Session, operation: Operation, key: Key): Promise<SentRequest> {
  const variant = operation.permission === 'write' ? 'unknown-id' : 'repeatable';
  return send(session, { operation, key, variant });
}

/** True if the key was rejected, whatever the rest of the request. */
export function rejectsKey(sent: SentRequest): boolean {
  return [401, 403].includes(statusOf(sent) ?? 0);
}

/** True if the key was accepted, whatever the rest of the request. */
export function acceptsKey(sent: SentRequest): boolean {
  const status = statusOf(sent);
  return (
    status !== undefined &&
    status < 500 &&
    ![401, 403, 429].includes(status) &&
    !(status >= 300 && status < 400)
  );
}
