import type { Reply } from './message.ts';
import { against, notFound, type OperationRequest } from './operation.ts';
import { type Item, type Product, timestamp, type User } from './shelves.ts';

function redemptionsOf({ redemption_quantity }: Product): number {
  return typeof redemption_quantity === 'number' ? redemption_quantity : 1;
}

function isUsedUp({ redeemed, product }: Item): boolean {
  return redeemed >= redemptionsOf(product);
}

function person({ id, email, firstName, lastName }: User) {
  return { id, email, first_name: firstName, last_name: lastName };
}

/** An item as every answer shows it. */
export function shownItem(item: Item) {
  const { id, number, product, owner, createdAt, updatedAt, redeemed, redeemedAt } = item;
  return {
    ...{ id, item_id: number, product_id: product.id, created_at: createdAt, updated_at: updatedAt },
    ...{ redemption_count: redeemed, redemption_quantity: redemptionsOf(product) },
    ...{ is_fully_redeemed: isUsedUp(item), redeemed_at: redeemedAt },
    ...{ user: person(owner), product: { id: product.id, name: product.name, type: product.type } },
  };
}

/** The rule that this many more items would break. */
export function againstLimits(
  { max_items, max_per_account }: Product,
  own: readonly Item[],
  users: readonly User[],
): string | undefined {
  if (typeof max_items === 'number' && own.length + users.length > max_items)
    return 'there are too many items';
  if (typeof max_per_account !== 'number') return undefined;
  const owners = [...own.map(({ owner }) => owner), ...users];
  const isTooMany = users.some(({ id }) => owners.filter((one) => one.id === id).length > max_per_account);
  return isTooMany ? 'somebody would have too many items' : undefined;
}

function itemOf({ shelf, named, body }: OperationRequest): Item | undefined {
  const product = shelf.product(named[0]);
  return product === undefined ? undefined : shelf.item(product, body.product_item_id);
}

/** Redeems an item once. */
export function redeem(asked: OperationRequest): Reply {
  const item = itemOf(asked);
  if (item === undefined) return notFound;
  if (isUsedUp(item)) return against('the item is used up');
  item.redeemed += 1;
  item.redeemedAt = Math.floor(Date.now() / 1_000);
  item.updatedAt = timestamp();
  return { status: 200, body: shownItem(item) };
}

/** Transfers an item from its owner to another user. */
export function transfer(asked: OperationRequest): Reply {
  const { shelf, body } = asked;
  const item = itemOf(asked);
  if (item === undefined) return notFound;
  const sender = shelf.user({ email: body.sender_email, id: body.sender_user_id });
  const recipient = shelf.user({ email: body.recipient_email, id: body.recipient_user_id });
  if (item.product.is_transferable !== true) return against('the product is not transferable');
  if (isUsedUp(item)) return against('the item is used up');
  if (sender?.id !== item.owner.id) return against('the sender does not own the item');
  if (recipient === undefined) return against('the recipient is not a user');
  item.owner = recipient;
  item.updatedAt = timestamp();
  const { user: _, product: __, ...shown } = shownItem(item);
  const { name, type } = item.product;
  return {
    status: 200,
    body: {
      ...{
        product_item: { ...shown, product_name: name, product_type: type },
        previous_owner: person(sender),
      },
      ...{ new_owner: person(recipient), transferred_at: Math.floor(Date.now() / 1_000) },
    },
  };
}
