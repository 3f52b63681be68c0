import type { KnownOperation, Schemas } from './known-operation.ts';

const id = 'POST /v1/products/{id}/items/redeem';

export const itemsRedeem: KnownOperation = {
  id,
  needs: ['product', 'item'],
  about: 'item',
  grows: true,
  path: (set) => ({ id: set.productId }),
  bodies: {
    valid: (set) => ({ product_item_id: set.itemId }) satisfies Schemas['RedeemProductItemRequest'],
    invalid: { product_item_id: 5 },
  },
  crossProject: ['foreign-item'],
  work: { needs: ['item', 'user'], body: (set) => ({ product_item_id: set.itemId }) },
  // The API does not say how often an item was redeemed. Only another redemption shows it.
  lookup: {
    async look(ask, { productId, itemId }) {
      const answer = await ask(id, { path: { id: productId }, body: { product_item_id: itemId } });
      return Number(answer.content().redemption_count);
    },
    trace: (before, after) => (Number(after) - Number(before) > 1 ? { did: 'redeemed the item' } : undefined),
  },
};
