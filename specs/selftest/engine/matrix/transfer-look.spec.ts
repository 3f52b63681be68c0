import { expect, test } from '@playwright/test';
import { known } from '../../../../harness/engine/matrix/operations/index.ts';
import type { AskAsOwner } from '../../../../harness/engine/matrix/operations/lookup.ts';
import type { FixtureSet } from '../../../../harness/model/index.ts';

const set = { productId: 'p', itemId: 'i', userId: 'sender', secondUserId: 'recipient' } as FixtureSet;
const { lookup } = known({ id: 'POST /v1/products/{id}/transfer' })!;

/** A target in which somebody has the item; `failing`: the request, counted from 1, that gets 503. */
function target(owner: string, notOwner = 422, failing = 0) {
  const state = { owner };
  let requests = 0;
  const ask: AskAsOwner = async (_operation, { body }) => {
    requests += 1;
    const { sender_user_id: sender, recipient_user_id: recipient } = body as Record<string, string>;
    const status = requests === failing ? 503 : sender === state.owner ? 200 : notOwner;
    if (status === 200) state.owner = recipient!;
    return {
      status,
      content: () => {
        throw new Error(`the answer is ${status}`);
      },
    };
  };
  return { ask, state };
}

for (const notOwner of [422, 403]) {
  test(`a look at who has an item leaves it with the sender, if others get ${notOwner}`, async () => {
    for (const [owner, seen] of [
      ['sender', 'sender'],
      ['recipient', 'marker'],
    ] as const) {
      const { ask, state } = target(owner, notOwner);
      expect(await lookup!.look(ask, set, 'marker')).toBe(seen);
      expect(state.owner).toBe('sender');
    }
  });
}

test('a look that gets no clear answer fails, and the item still comes back', async () => {
  const { ask, state } = target('recipient', 422, 1);
  await expect(lookup!.look(ask, set, 'marker')).rejects.toThrow('the answer is 503');
  expect(state.owner).toBe('sender');
});
