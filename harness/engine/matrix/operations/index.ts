import type { FixtureThing } from '../../../model/index.ts';
import { attendeesRegister } from './attendees-register.ts';
import { eventsCreate } from './events-create.ts';
import { eventsGet } from './events-get.ts';
import { eventsList } from './events-list.ts';
import { eventsUpdate } from './events-update.ts';
import { itemsIssue } from './items-issue.ts';
import { itemsRedeem } from './items-redeem.ts';
import { itemsTransfer } from './items-transfer.ts';
import type { KnownOperation, PathRole } from './known-operation.ts';
import { productsCreate } from './products-create.ts';
import { productsGet } from './products-get.ts';
import { usersActivate } from './users-activate.ts';
import { usersActivation } from './users-activation.ts';
import { usersBalances } from './users-balances.ts';
import { usersCreate } from './users-create.ts';
import { usersFetch } from './users-fetch.ts';
import { usersProfile } from './users-profile.ts';
import { version } from './version.ts';

/** Every operation that the suite knows, one file each, in the order of real work. */
export const knownOperations: readonly KnownOperation[] = [
  usersCreate,
  usersProfile,
  usersFetch,
  usersActivate,
  usersActivation,
  usersBalances,
  eventsList,
  eventsCreate,
  eventsUpdate,
  eventsGet,
  attendeesRegister,
  productsCreate,
  productsGet,
  itemsIssue,
  itemsRedeem,
  itemsTransfer,
  version,
];

const byId = new Map(knownOperations.map((operation) => [operation.id, operation]));

/** What the suite knows of an operation; undefined for an operation of another document. */
export function known({ id }: { readonly id: string }): KnownOperation | undefined {
  return byId.get(id);
}

/** The operation that finds, creates, annotates or moves an object of the fixture. */
export function operationThat(
  does: 'finds' | 'makes' | 'notes' | 'moves',
  thing: FixtureThing,
): KnownOperation {
  const found = knownOperations.find(({ [does]: what }) =>
    typeof what === 'object' ? what.thing === thing : what === thing,
  );
  if (found === undefined) throw new Error(`No known operation ${does} the ${thing} of the fixture.`);
  return found;
}

/** The path of the operation that serves as an example. */
export function pathThatServesAs(role: PathRole): string {
  const found = knownOperations.find(({ pathServesAs }) => pathServesAs === role);
  const path = found?.id.split(' ')[1];
  if (path === undefined) throw new Error(`No known operation has a path that serves as "${role}".`);
  return path;
}
