import { randomUUID } from 'node:crypto';
import { invalid, notFound, type Operation, type OperationRequest } from './operation.ts';
import { asRecord, isEmail, isId, isListOf, isNumber, isText, orNull, problemsIn } from './shapes.ts';
import { type Shelf, timestamp, type User } from './shelves.ts';

const isWord = orNull(isText());
const newUser = { 'email!': isEmail, firstName: isWord, lastName: isWord, referenceId: isWord };
const userName = { email: isEmail, referenceId: isText(), id: isId };
const page = { limit: isNumber(1, 1_000), offset: isNumber() };

function create({ shelf, body }: OperationRequest) {
  for (const entry of Object.values(body)) enter(shelf, asRecord(entry) ?? {});
  return { status: 201, body: { message: 'accepted' } };
}

function enter(shelf: Shelf, entry: Readonly<Record<string, unknown>>): void {
  const email = String(entry.email).toLowerCase();
  const words = { firstName: entry.firstName, lastName: entry.lastName, referenceId: entry.referenceId };
  const given = Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined));
  const known = shelf.user({ email });
  const fresh: User = {
    ...{ id: randomUUID(), email, firstName: null, lastName: null, referenceId: null, activatedOn: null },
    wallet: randomUUID(),
  };
  if (known === undefined) shelf.users.push(fresh);
  Object.assign(known ?? fresh, given);
}

/** A user as every answer shows it. */
export function shownUser({ wallet: _, ...user }: User) {
  return { ...user, isActivated: user.activatedOn !== null };
}

function withWallet(user: User) {
  const wallet = { id: user.wallet, type: 'Polkadot', address: addressOf(user), custody: 'own' };
  return { ...shownUser(user), wallets: [wallet] };
}

function addressOf({ wallet }: User): string {
  return `5${wallet.replace(/-/g, '')}${wallet.slice(0, 8)}`;
}

function activation({ activatedOn }: User) {
  return { activatedOn, isActivated: activatedOn !== null };
}

function balances(user: User) {
  const about = { address: addressOf(user), type: 'Polkadot', code: 200, message: '' };
  return [{ ...about, generated_at: Math.floor(Date.now() / 1_000), data: null }];
}

function listed({ shelf, body }: OperationRequest) {
  const { limit = 10, offset = 0 } = body;
  const from = Math.max(0, Number(offset));
  const users = shelf.users.slice(from, from + Number(limit)).map(withWallet);
  return { status: 200, body: { users, total: shelf.users.length } };
}

/** An operation on the one user that its body names. */
function onUser(name: string, writes: boolean, answer: (user: User) => unknown): Operation {
  return {
    ...{ method: 'POST', path: new RegExp(`^/v1/users/${name}$`), writes },
    problems: (body) => problemsIn(userName, body),
    act: ({ shelf, body }) => {
      if (Object.keys(userName).every((one) => body[one] === undefined))
        return invalid(['the request names no user']);
      const user = shelf.user(body);
      return user === undefined ? notFound : { status: 200, body: answer(user) };
    },
  };
}

function activated(user: User) {
  user.activatedOn = timestamp();
  return activation(user);
}

/** The operations on users. */
export const userOperations: readonly Operation[] = [
  {
    ...{ method: 'POST', path: /^\/v1\/users\/create$/, writes: true, act: create },
    problems: (body) =>
      isListOf(() => true, 1_500, 1)(body)
        ? (body as unknown[]).flatMap((entry) => problemsIn(newUser, entry))
        : ['a list of users is expected'],
  },
  {
    ...{ method: 'POST', path: /^\/v1\/users\/fetch$/, writes: false, act: listed },
    problems: (body) => problemsIn(page, body),
  },
  onUser('profile', false, withWallet),
  onUser('activation', false, activation),
  onUser('balances', false, balances),
  onUser('activate', true, activated),
];
