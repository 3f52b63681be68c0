import { randomUUID } from 'node:crypto';
import type { components } from '../../../schemas/generated/mufi.types.ts';
import type { Call } from '../model.ts';
import type { Scope, StoredEvent, StoredProduct } from '../store.ts';
import { bodyOf, type Handler, names, needed, present, timestamp } from './handler.ts';

type Schemas = components['schemas'];

/** The operations on products, without items. */
export const products: Readonly<Record<string, Handler>> = {
  createProduct: {
    locate: (scope, call) => !names(call, 'event_id') || eventOf(scope, call) !== undefined,
    perform: create,
  },
  getProduct: {
    locate: (scope, call) => findProduct(scope, call) !== undefined,
    perform: (scope, call) => shown(scope, present(findProduct(scope, call))),
  },
};

/** The product that the path of a request names. */
export function findProduct(scope: Scope, call: Call): StoredProduct | undefined {
  return scope.byId(scope.store.products, call.params.id);
}

function create(scope: Scope, call: Call): Schemas['ProductResponse'] {
  const body = bodyOf<Schemas['Product']>(call);
  const now = timestamp();
  const product: StoredProduct = {
    description: null,
    price: null,
    active: true,
    is_claimable: false,
    is_transferable: false,
    stock: null,
    redemption_quantity: 1,
    max_per_account: null,
    max_items: null,
    min_rep_balance: 0,
    metadata_uri: null,
    mint_nft: false,
    chain: null,
    ...body,
    type: needed(body.type, 'type'),
    name: needed(body.name, 'name'),
    event_id: present(eventOf(scope, call)).id,
    id: randomUUID(),
    project_id: scope.project,
    created_at: now,
    updated_at: now,
  };
  scope.store.products.push(product);
  return shown(scope, product);
}

function shown(scope: Scope, product: StoredProduct): Schemas['ProductResponse'] {
  const { project_id: _, ...fields } = product;
  const event = scope.store.events.find(({ id }) => id === product.event_id);
  return { ...fields, event: { ...event } };
}

function eventOf(scope: Scope, call: Call): StoredEvent | undefined {
  const { event_id } = bodyOf<Schemas['Product']>(call);
  return typeof event_id === 'string' ? scope.byId(scope.store.events, event_id) : undefined;
}
