import { createHash, randomUUID } from 'node:crypto';
import type { components } from '../../../schemas/generated/mufi.types.ts';
import type { Call } from '../model.ts';
import { Refusal } from '../refusal.ts';
import type { Scope, StoredUser } from '../store.ts';
import { bodyOf, type Handler, names, present, seconds, timestamp } from './handler.ts';

type Schemas = components['schemas'];

/** The operations on users. */
export const users: Readonly<Record<string, Handler>> = {
  createUsers: { perform: create },
  getUserProfile: { locate: isThere, perform: (scope, call) => profile(named(scope, call)) },
  fetchUsers: { perform: fetchMany },
  activateUser: { locate: isThere, perform: activate },
  getUserActivation: { locate: isThere, perform: (scope, call) => activation(named(scope, call)) },
  getUserBalances: { locate: isThere, perform: (scope, call) => balances(named(scope, call)) },
};

/** A user as other answers show it. */
export function summary(user: StoredUser): Schemas['User'] {
  const { id, email, firstName, lastName, referenceId, isActivated, activatedOn } = user;
  return { id, email, firstName, lastName, referenceId, isActivated, activatedOn };
}

/** The user that a request names by address, reference id or id, in this order. */
export function findUser(
  scope: Scope,
  name: { email?: unknown; referenceId?: unknown; id?: unknown },
): StoredUser | undefined {
  const { email, referenceId, id } = name;
  const { users: table } = scope.store;
  if (typeof email === 'string')
    return scope.find(table, 'email', (user) => user.email === email.toLowerCase());
  if (typeof referenceId === 'string') {
    return scope.find(table, 'reference', (user) => user.referenceId === referenceId);
  }
  return typeof id === 'string' ? scope.byId(table, id) : undefined;
}

function create(scope: Scope, call: Call): Schemas['MessageResponse'] {
  const entries = Array.isArray(call.body) ? (call.body as Schemas['CreateUsersRequest']) : [];
  for (const entry of entries) {
    const email = entry.email.toLowerCase();
    const known = scope.store.users.find((user) => user.project_id === scope.project && user.email === email);
    if (known === undefined) scope.store.users.push(newUser(scope.project, { ...entry, email }));
    else Object.assign(known, changes(entry));
  }
  return { message: `${entries.length} users are being created.` };
}

function newUser(project: string, entry: Schemas['NewUser']): StoredUser {
  const id = randomUUID();
  const address = `5${createHash('sha256').update(id).digest('hex').slice(0, 47)}`;
  return {
    id,
    project_id: project,
    email: entry.email,
    firstName: entry.firstName ?? null,
    lastName: entry.lastName ?? null,
    referenceId: entry.referenceId ?? null,
    isActivated: false,
    activatedOn: null,
    wallets: [{ id: randomUUID(), type: 'Polkadot', address, custody: 'custodial' }],
  };
}

function changes(entry: Schemas['NewUser']): Partial<StoredUser> {
  const { firstName, lastName, referenceId } = entry;
  return {
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(referenceId === undefined ? {} : { referenceId }),
  };
}

function fetchMany(scope: Scope, call: Call): Schemas['GetManyUsersResponse'] {
  const { limit = 10, offset = 0 } = bodyOf<Schemas['GetManyUsersRequest']>(call);
  const found = scope.list(scope.store.users);
  const start = Math.max(0, Math.floor(offset));
  const page = found.slice(start, start + Math.floor(limit));
  return {
    users: page.map((user) => ({
      ...summary(user),
      wallets: user.wallets.map(({ type, address, custody }) => ({ type, address, custody })),
    })),
    total: found.length,
  };
}

function activate(scope: Scope, call: Call): Schemas['ActivationResponse'] {
  const user = named(scope, call);
  user.isActivated = true;
  user.activatedOn = timestamp();
  return activation(user);
}

function activation(user: StoredUser): Schemas['ActivationResponse'] {
  return { activatedOn: user.activatedOn, isActivated: user.isActivated };
}

function profile(user: StoredUser): Schemas['UserResponse'] {
  const { isActivated, activatedOn, wallets, id } = user;
  return { ...summary(user), id, isActivated, activatedOn, wallets: [...wallets] };
}

function balances(user: StoredUser): Schemas['BalancesResponse'] {
  const asset = { asset_id: '0', balance: '0', name: 'Westend', symbol: 'WND', decimals: 12, lock: '0' };
  return user.wallets.map(({ address, type }) => ({
    address,
    type,
    code: 200,
    message: 'OK',
    generated_at: seconds(),
    data: [asset],
  }));
}

function isThere(scope: Scope, call: Call): boolean {
  return !isNamed(call) || findUser(scope, bodyOf<Schemas['UserRequest']>(call)) !== undefined;
}

function named(scope: Scope, call: Call): StoredUser {
  if (!isNamed(call)) throw new Refusal('invalid', 'body must name a user by email, referenceId or id');
  return present(findUser(scope, bodyOf<Schemas['UserRequest']>(call)));
}

function isNamed(call: Call): boolean {
  return names(call, 'email', 'referenceId', 'id');
}
