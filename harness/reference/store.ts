import type { components } from '../../schemas/generated/mufi.types.ts';
import type { Policy } from './policy.ts';

type Schemas = components['schemas'];

interface OwnedThing {
  readonly id: string;
  readonly project_id: string;
}

/** A user with the wallets, as stored. */
export interface StoredUser extends OwnedThing {
  email: string;
  firstName: string | null;
  lastName: string | null;
  referenceId: string | null;
  isActivated: boolean;
  activatedOn: string | null;
  readonly wallets: readonly { id: string; type: 'Polkadot'; address: string; custody: string }[];
}

/** An event, as stored. */
export type StoredEvent = OwnedThing & Schemas['EventResponse'] & { reference_id: string | null };

/** Someone who attends an event. */
export interface StoredAttendee extends OwnedThing {
  readonly event_id: string;
  readonly user_id: string;
  readonly created_at: string;
  updated_at: string;
  registered_at: number | null;
  checked_in_at: number | null;
}

/** A product with its defaults filled in. */
export type StoredProduct = OwnedThing & Schemas['Product'] & { created_at: string; updated_at: string };

/** An item of a product that a user owns. */
export interface StoredItem extends OwnedThing {
  readonly product_id: string;
  readonly item_id: number;
  readonly created_at: string;
  user_id: string;
  updated_at: string;
  redemption_count: number;
  readonly redemption_quantity: number;
  redeemed_at: number | null;
}

/** Everything that the projects own, in order of creation. */
export class Store {
  readonly users: StoredUser[] = [];
  readonly events: StoredEvent[] = [];
  readonly attendees: StoredAttendee[] = [];
  readonly products: StoredProduct[] = [];
  readonly items: StoredItem[] = [];
}

/** What one caller can see of the store. */
export class Scope {
  readonly store: Store;
  readonly project: string;
  readonly #policy: Policy;
  readonly #operationId: string;

  constructor(store: Store, policy: Policy, project: string, operationId: string) {
    this.store = store;
    this.project = project;
    this.#policy = policy;
    this.#operationId = operationId;
  }

  /** The objects that a list must contain. */
  list<T extends OwnedThing>(table: readonly T[]): T[] {
    return table.filter((object) => this.#sees(object, 'list'));
  }

  /** The object that matches; of several, one of the caller's own project. */
  find<T extends OwnedThing>(
    table: readonly T[],
    how: 'id' | 'reference' | 'email',
    fits: (object: T) => boolean,
  ): T | undefined {
    const found = table.filter((object) => fits(object) && this.#sees(object, how));
    return found.find((object) => object.project_id === this.project) ?? found[0];
  }

  byId<T extends OwnedThing>(table: readonly T[], id: string | undefined): T | undefined {
    return id === undefined ? undefined : this.find(table, 'id', (object) => object.id === id.toLowerCase());
  }

  /** The item with this id below a product. */
  itemBelow(productId: string, id: string): StoredItem | undefined {
    const items = this.store.items.filter((item) => this.#policy.isBelow(item, productId));
    return this.byId(items, id);
  }

  #sees(object: OwnedThing, how: 'id' | 'reference' | 'email' | 'list'): boolean {
    return this.#policy.sees(object, this.project, { how, operationId: this.#operationId });
  }
}
