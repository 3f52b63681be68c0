import { randomUUID } from 'node:crypto';
import { againstLimits, redeem, shownItem, transfer } from './items.ts';
import { against, invalid, notFound, type Operation, type OperationRequest } from './operation.ts';
import {
  isEmail,
  isFlag,
  isId,
  isInteger,
  isListOf,
  isNumber,
  isOneOf,
  isText,
  orNull,
  problemsIn,
  type Shape,
} from './shapes.ts';
import { type Item, type Product, timestamp, type User } from './shelves.ts';

const count = orNull(isInteger());
const newProduct = {
  ...{ 'type!': isOneOf('admission', 'presale', 'perks'), 'name!': isText(1, 255), 'event_id!': isId },
  ...{ description: orNull(isText(1, 255)), price: orNull(isText()), active: isFlag, is_claimable: isFlag },
  ...{ is_transferable: isFlag, stock: count, redemption_quantity: count, max_per_account: count },
  ...{ max_items: count, min_rep_balance: orNull(isNumber()), metadata_uri: orNull(isText()) },
  ...{ mint_nft: orNull(isFlag), chain: orNull(isText()) },
};
const issue = { 'product_id!': isId, users: isListOf(isId, 550), emails: isListOf(isEmail, 550) };
const redemption = { 'product_item_id!': isId };
const handover = {
  ...{ 'product_item_id!': isId, sender_email: isEmail, sender_user_id: isId },
  ...{ recipient_email: isEmail, recipient_user_id: isId },
};

function create({ shelf, body }: OperationRequest) {
  const event = shelf.events.get(String(body.event_id).toLowerCase());
  if (event === undefined) return notFound;
  const known = Object.keys(newProduct).map((name) => name.replace('!', ''));
  const given = Object.fromEntries(known.map((name) => [name, body[name] ?? null]));
  const [id, now] = [randomUUID(), timestamp()];
  const product: Product = { ...withoutNull(given), id, event, created_at: now, updated_at: now };
  shelf.products.set(id, product);
  return { status: 201, body: product };
}

function withoutNull(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

function give({ shelf, body, named }: OperationRequest) {
  const product = shelf.product(named[0]);
  if (product === undefined) return notFound;
  if (String(body.product_id).toLowerCase() !== product.id) return against('path and body name two products');
  const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
  const owners = [
    ...listed(body.users).map((id) => shelf.user({ id })),
    ...listed(body.emails).map((email) => shelf.user({ email })),
  ];
  const users = owners.filter((owner): owner is User => owner !== undefined);
  if (users.length < owners.length) return against('somebody named is not a user');
  if (users.length === 0) return invalid(['the request names nobody']);
  const own = [...shelf.items.values()].filter((item) => item.product.id === product.id);
  const rule = againstLimits(product, own, users);
  if (rule !== undefined) return against(rule);
  const items = users.map((owner, at): Item => {
    const now = timestamp();
    return {
      ...{ id: randomUUID(), number: own.length + at + 1, product, owner, redeemed: 0, redeemedAt: null },
      ...{ createdAt: now, updatedAt: now },
    };
  });
  for (const item of items) shelf.items.set(item.id, item);
  return { status: 201, body: { items: items.map(shownItem) } };
}

/** An operation on the product that its path names. */
function onProduct(rest: string, shape: Shape, act: Operation['act']): Operation {
  return {
    ...{ method: 'POST', path: new RegExp(`^/v1/products/([^/]+)/${rest}$`), writes: true, act },
    problems: (body, _, [id]) => [...problemsIn(shape, body), ...(isId(id) ? [] : ['the id is not valid'])],
  };
}

/** The operations on products and their items. */
export const productOperations: readonly Operation[] = [
  {
    ...{ method: 'POST', path: /^\/v1\/products$/, writes: true, act: create },
    problems: (body) => problemsIn(newProduct, body),
  },
  {
    ...{ method: 'GET', path: /^\/v1\/products\/([^/]+)$/, writes: false },
    problems: (_body, _query, [id]) => (isId(id) ? [] : ['the id is not valid']),
    act: ({ shelf, named }) => {
      const product = shelf.product(named[0]);
      return product === undefined ? notFound : { status: 200, body: product };
    },
  },
  {
    ...onProduct('items', issue, give),
    problems: (body, _, [id]) => {
      const named = ['users', 'emails'].some((name) => Object(body)[name] !== undefined);
      return [
        ...problemsIn(issue, body),
        ...(named ? [] : ['the request names nobody']),
        ...(isId(id) ? [] : ['the id is not valid']),
      ];
    },
  },
  onProduct('items/redeem', redemption, redeem),
  onProduct('transfer', handover, transfer),
];
