import { type FixtureSet, isServerFailure, isSuccess, type JsonValue } from '../../model/index.ts';
import { lastOf, type Repeated, settled } from '../session/repeat.ts';
import { send, statusOf } from '../session/send.ts';
import type { Session } from '../session/session.ts';

/** Lets the write key do every kind of work that leaves nothing growing: each write operation once, in order. */
export async function doRealWork(session: Session, set: FixtureSet, sent: Repeated[]): Promise<void> {
  const take = async ([id, path, body]: Step): Promise<Repeated | undefined> => {
    const operation = session.state.operations.find((entry) => entry.operation.id === id)?.operation;
    if (operation === undefined) return undefined;
    const parts = { path: path ?? operation.path, query: [], body, succeeds: true };
    const { write: key } = session.state.target.keys;
    return settled(session, () => send(session, { operation, key, variant: 'repeatable', parts }));
  };
  const all = steps(set);
  for (const [index, step] of all.entries()) {
    let answer = await take(step);
    const next = all[index + 1];
    // A run that was cut short may have left the item with the other user: it is brought back and moved again.
    if (next?.[0] === transfer && step[0] === transfer && !succeeded(answer) && succeeded(await take(next))) {
      if (answer !== undefined && isServerFailure(statusOf(answer))) sent.push(answer);
      answer = await take(step);
    }
    if (answer !== undefined) sent.push(answer);
  }
}

const transfer = 'POST /v1/products/{id}/transfer';
type Step = readonly [id: string, path: string | undefined, body: JsonValue];

function succeeded(sent: Repeated | undefined): boolean {
  return sent !== undefined && isSuccess(statusOf(lastOf(sent)));
}

function steps(set: FixtureSet): Step[] {
  const has = (...things: FixtureSet['known']): boolean => things.every((thing) => set.known.includes(thing));
  const user = { email: set.userEmail };
  const product = `/v1/products/${set.productId}`;
  const move = (from: string, to: string): JsonValue => ({
    product_item_id: set.itemId,
    sender_user_id: from,
    recipient_user_id: to,
  });
  return [
    [
      'POST /v1/users/create',
      undefined,
      [{ ...user, firstName: 'Conformance', referenceId: set.userReference }],
    ],
    ...(has('user') ? [step('POST /v1/users/activate', undefined, user)] : []),
    ...(has('event')
      ? [
          step('PUT /v1/events/update', undefined, {
            id: set.eventId,
            reference_id: set.eventReference,
            name: `Conformance ${set.label}`,
          }),
        ]
      : []),
    ...(has('event', 'user')
      ? [
          step('POST /v1/events/attendees/register', undefined, {
            event_id: set.eventId,
            user_id: set.userId,
          }),
        ]
      : []),
    ...(has('item', 'user')
      ? [
          step('POST /v1/products/{id}/items/redeem', `${product}/items/redeem`, {
            product_item_id: set.itemId,
          }),
          step(transfer, `${product}/transfer`, move(set.userId, set.secondUserId)),
          step(transfer, `${product}/transfer`, move(set.secondUserId, set.userId)),
        ]
      : []),
  ];
}

function step(id: string, path: string | undefined, body: JsonValue): Step {
  return [id, path, body];
}
