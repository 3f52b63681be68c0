import type { components } from '../../../schemas/generated/mufi.types.ts';
import type { Scope, Store, StoredItem, StoredProduct, StoredUser } from '../store.ts';

type Schemas = components['schemas'];

/** The items of a product. */
export function itemsOf(store: Store, productId: string): StoredItem[] {
  return store.items.filter((item) => item.product_id === productId.toLowerCase());
}

/** A user as answers about items show it. */
export function person(user: StoredUser): Schemas['Person'] {
  return { id: user.id, email: user.email, first_name: user.firstName, last_name: user.lastName };
}

/** An item with its owner and its product. */
export function shownItem(scope: Scope, product: StoredProduct, item: StoredItem): Schemas['ProductItem'] {
  const { id, created_at, updated_at, product_id, item_id, redemption_count, redemption_quantity } = item;
  const owner = scope.store.users.find((user) => user.id === item.user_id);
  return {
    id,
    created_at,
    updated_at,
    product_id,
    item_id,
    redemption_count,
    redemption_quantity,
    is_fully_redeemed: redemption_count >= redemption_quantity,
    redeemed_at: item.redeemed_at,
    ...(owner === undefined ? {} : { user: person(owner) }),
    product: { id: product.id, name: product.name, type: product.type, redemption_quantity },
  };
}
