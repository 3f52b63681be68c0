import { randomUUID } from 'node:crypto';
import type { components } from '../../../schemas/generated/mufi.types.ts';
import type { Call } from '../model.ts';
import { Refusal } from '../refusal.ts';
import type { Scope, StoredItem, StoredProduct, StoredUser } from '../store.ts';
import { bodyOf, present, timestamp } from './handler.ts';
import { itemsOf, shownItem } from './item-views.ts';
import { findProduct } from './products.ts';
import { findUser } from './users.ts';

type Schemas = components['schemas'];

/** Gives one item of a product to every named user, or to none. */
export function issue(scope: Scope, call: Call): Schemas['ProductItemsResponse'] {
  const body = bodyOf<Schemas['CreateProductItemRequest']>(call);
  const product = present(findProduct(scope, call));
  if (body.product_id?.toLowerCase() !== product.id)
    throw new Refusal('rule', 'Path and body name two products.');
  const owners = [
    ...(body.users ?? []).map((id) => findUser(scope, { id })),
    ...(body.emails ?? []).map((email) => findUser(scope, { email })),
  ].map((user) => {
    if (user === undefined) throw new Refusal('rule', 'A named person is not a user of the project.');
    return user;
  });
  if (owners.length === 0) throw new Refusal('invalid', 'body must name at least one user');
  checkLimits(product, itemsOf(scope.store, product.id), owners);
  const issued = owners.map((owner) => newItem(scope, product, owner));
  return { items: issued.map((item) => shownItem(scope, product, item)) };
}

function checkLimits(
  product: StoredProduct,
  existing: readonly StoredItem[],
  owners: readonly StoredUser[],
): void {
  const total = existing.length + owners.length;
  if (total > (product.max_items ?? Number.POSITIVE_INFINITY))
    throw new Refusal('rule', 'max_items is reached.');
  const each = product.max_per_account ?? Number.POSITIVE_INFINITY;
  for (const owner of owners) {
    const held = existing.filter((item) => item.user_id === owner.id).length;
    const wanted = owners.filter((other) => other.id === owner.id).length;
    if (held + wanted > each) throw new Refusal('rule', 'max_per_account is reached.');
  }
}

function newItem(scope: Scope, product: StoredProduct, owner: StoredUser): StoredItem {
  const now = timestamp();
  const item: StoredItem = {
    id: randomUUID(),
    project_id: product.project_id,
    product_id: product.id,
    item_id: itemsOf(scope.store, product.id).length + 1,
    created_at: now,
    updated_at: now,
    user_id: owner.id,
    redemption_count: 0,
    redemption_quantity: product.redemption_quantity ?? 1,
    redeemed_at: null,
  };
  scope.store.items.push(item);
  return item;
}
