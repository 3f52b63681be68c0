import type { FixtureSet, JsonValue } from '../../model.ts';
import { type Sent, send } from '../send.ts';
import type { Session } from '../tools.ts';

/** Lets the write key do every kind of work that leaves nothing growing: each write operation once, in order. */
export async function doRealWork(session: Session, set: FixtureSet, sent: Sent[]): Promise<void> {
  for (const [id, path, body] of steps(set)) {
    const operation = session.state.operations.find((entry) => entry.operation.id === id)?.operation;
    if (operation === undefined) continue;
    const parts = { path: path ?? operation.path, query: [], body, succeeds: true };
    sent.push(
      await send(session, { operation, key: session.state.target.keys.write, variant: 'repeatable', parts }),
    );
  }
}

function steps(set: FixtureSet): [id: string, path: string | undefined, body: JsonValue][] {
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
          step('POST /v1/products/{id}/transfer', `${product}/transfer`, move(set.userId, set.secondUserId)),
          step('POST /v1/products/{id}/transfer', `${product}/transfer`, move(set.secondUserId, set.userId)),
        ]
      : []),
  ];
}

function step(
  id: string,
  path: string | undefined,
  body: JsonValue,
): [string, string | undefined, JsonValue] {
  return [id, path, body];
}
