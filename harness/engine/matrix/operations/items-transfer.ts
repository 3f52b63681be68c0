import type { FixtureSet } from '../../../model/index.ts';
import type { KnownOperation, Schemas } from './known-operation.ts';
import { type AskAsOwner, tellsNothing } from './lookup.ts';

type Request = Schemas['TransferProductItemRequest'];

const id = 'POST /v1/products/{id}/transfer';

const forth = (set: FixtureSet) =>
  ({
    product_item_id: set.itemId,
    sender_user_id: set.userId,
    recipient_user_id: set.secondUserId,
  }) satisfies Request;
const back = (set: FixtureSet) => forth({ ...set, userId: set.secondUserId, secondUserId: set.userId });

export const itemsTransfer: KnownOperation = {
  id,
  needs: ['product', 'item', 'user'],
  about: 'item',
  grows: true,
  path: (set) => ({ id: set.productId }),
  bodies: {
    valid: forth,
    'by-email': (set) =>
      ({
        product_item_id: set.itemId,
        sender_email: set.userEmail,
        recipient_email: set.secondUserEmail,
      }) satisfies Request,
    'by-two-names': (set) =>
      ({
        product_item_id: set.itemId,
        sender_user_id: set.userId,
        recipient_user_id: set.secondUserId,
        recipient_email: set.secondUserEmail,
      }) satisfies Request,
    invalid: { product_item_id: 5 },
  },
  leavesOut: ['recipient_email', 'sender_email'],
  crossProject: [
    'foreign-recipient',
    'foreign-recipient-by-email',
    'foreign-item',
    'foreign-item-and-sender',
    'foreign-recipient-email-beside-id',
    'foreign-recipient-id-beside-email',
  ],
  moves: { thing: 'item', forth, back },
  // The API does not say who owns an item. But only the owner can transfer it.
  lookup: {
    async look(ask, set, marker) {
      let isWithSender = false;
      try {
        isWithSender = await succeeds(ask, set, forth);
      } finally {
        await succeeds(ask, set, back);
      }
      return isWithSender ? 'sender' : marker;
    },
    trace: (before, after, marker) =>
      before === 'sender' && after === marker ? { did: 'changed the owner of the item' } : undefined,
  },
};

/** Throws if the answer does not tell whether the item was moved. */
async function succeeds(ask: AskAsOwner, set: FixtureSet, move: typeof forth): Promise<boolean> {
  const { status, content } = await ask(id, { path: { id: set.productId }, body: move(set) });
  if (tellsNothing(status)) content();
  return status === 200;
}
