import type { components } from '../../../schemas/generated/mufi.types.ts';
import type { Call } from '../model.ts';
import { Refusal } from '../refusal.ts';
import type { Scope, StoredItem, StoredProduct, StoredUser } from '../store.ts';
import { bodyOf, type Handler, names, present, seconds, timestamp } from './handler.ts';
import { issue } from './issue.ts';
import { person, shownItem } from './item-views.ts';
import { findProduct } from './products.ts';
import { findUser } from './users.ts';

type Schemas = components['schemas'];

/** The operations on the items of a product. */
export const items: Readonly<Record<string, Handler>> = {
  issueProductItems: { locate: (scope, call) => findProduct(scope, call) !== undefined, perform: issue },
  redeemProductItem: { locate: isThere, perform: redeem },
  transferProductItem: { locate: isThere, perform: transfer },
};

function redeem(scope: Scope, call: Call): Schemas['ProductItem'] {
  const product = present(findProduct(scope, call));
  const item = present(findItem(scope, call));
  if (usedUp(item)) throw new Refusal('rule', 'The item is fully redeemed.');
  item.redemption_count += 1;
  item.redeemed_at = seconds();
  item.updated_at = timestamp();
  return shownItem(scope, product, item);
}

function transfer(scope: Scope, call: Call): Schemas['TransferResponse'] {
  const body = bodyOf<Schemas['TransferProductItemRequest']>(call);
  const product = present(findProduct(scope, call));
  const item = present(findItem(scope, call));
  const sender = findUser(scope, { email: body.sender_email, id: body.sender_user_id });
  const recipient = findUser(scope, { email: body.recipient_email, id: body.recipient_user_id });
  if (product.is_transferable !== true) throw new Refusal('rule', 'The product is not transferable.');
  if (usedUp(item)) throw new Refusal('rule', 'The item is fully redeemed.');
  if (sender === undefined || sender.id !== item.user_id)
    throw new Refusal('rule', 'The sender does not own the item.');
  if (recipient === undefined) throw new Refusal('rule', 'The recipient is not a user of the project.');
  item.user_id = recipient.id;
  item.updated_at = timestamp();
  return transferred(product, item, sender, recipient);
}

function transferred(
  product: StoredProduct,
  item: StoredItem,
  from: StoredUser,
  to: StoredUser,
): Schemas['TransferResponse'] {
  const { id, item_id, product_id, redemption_count, redemption_quantity, redeemed_at } = item;
  const shown = {
    id,
    item_id,
    product_id,
    product_name: product.name,
    product_type: product.type,
    redemption_count,
    redemption_quantity,
    is_fully_redeemed: usedUp(item),
    redeemed_at,
  };
  return {
    product_item: shown,
    previous_owner: person(from),
    new_owner: person(to),
    transferred_at: seconds(),
  };
}

function isThere(scope: Scope, call: Call): boolean {
  if (findProduct(scope, call) === undefined) return false;
  return !names(call, 'product_item_id') || findItem(scope, call) !== undefined;
}

function findItem(scope: Scope, call: Call): StoredItem | undefined {
  const { product_item_id } = bodyOf<Schemas['RedeemProductItemRequest']>(call);
  if (typeof product_item_id !== 'string') return undefined;
  return scope.itemBelow(call.params.id ?? '', product_item_id);
}

function usedUp(item: StoredItem): boolean {
  return item.redemption_count >= item.redemption_quantity;
}
