/** A user with a wallet; every user has one. */
export interface User {
  readonly id: string;
  readonly email: string;
  firstName: string | null;
  lastName: string | null;
  referenceId: string | null;
  activatedOn: string | null;
  readonly wallet: string;
}

/** An event, with the member names of the API. */
export interface Event extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly reference_id: string | null;
}

/** A product, with the member names of the API. */
export interface Product extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly event: Event;
}

/** An item of a product. */
export interface Item {
  readonly id: string;
  readonly number: number;
  readonly product: Product;
  readonly createdAt: string;
  updatedAt: string;
  owner: User;
  redeemed: number;
  redeemedAt: number | null;
}

/** Who attends an event, and since when. */
export interface Attendance {
  readonly id: string;
  readonly createdAt: string;
  registeredAt: unknown;
  checkedInAt: unknown;
}

/** All data of one project. Projects share nothing, so none can see another's data. */
export class Shelf {
  /** The id of the project. */
  readonly id: string;
  readonly users: User[] = [];
  readonly events = new Map<string, Event>();
  readonly products = new Map<string, Product>();
  readonly items = new Map<string, Item>();
  readonly attendances = new Map<string, Attendance>();

  constructor(id: string) {
    this.id = id;
  }

  /** The user that a body names by address, reference id or id, in this order. */
  user(name: { email?: unknown; referenceId?: unknown; id?: unknown }): User | undefined {
    const { email, referenceId, id } = name;
    if (typeof email === 'string') return this.users.find((user) => user.email === email.toLowerCase());
    if (typeof referenceId === 'string') return this.users.find((user) => user.referenceId === referenceId);
    return typeof id === 'string' ? this.users.find((user) => user.id === id.toLowerCase()) : undefined;
  }

  /** The event with this id or reference id. */
  event(name: unknown): Event | undefined {
    if (typeof name !== 'string') return undefined;
    const known = this.events.get(name.toLowerCase());
    return known ?? [...this.events.values()].find((event) => event.reference_id === name);
  }

  product(id: unknown): Product | undefined {
    return typeof id === 'string' ? this.products.get(id.toLowerCase()) : undefined;
  }

  item(product: Product, id: unknown): Item | undefined {
    const item = typeof id === 'string' ? this.items.get(id.toLowerCase()) : undefined;
    return item?.product.id === product.id ? item : undefined;
  }
}

/** The time as the API writes it. */
export function timestamp(): string {
  return new Date().toISOString();
}
