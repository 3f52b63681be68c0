import type { components } from '../../../schemas/generated/mufi.types.ts';
import type { FixtureSet, FixtureThing, JsonValue } from '../../model/index.ts';

type Schemas = components['schemas'];

/** How the requests of one operation are made. */
export interface Builder {
  /** Things that have to exist for the request to succeed. */
  readonly uses?: readonly FixtureThing[];
  readonly path?: (set: FixtureSet) => Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** `marker` is a text that a later look-up finds again. */
  readonly body?: (set: FixtureSet, marker: string) => unknown;
  /** Other ways to name the same thing. */
  readonly byId?: Builder['body'];
  readonly byReference?: Builder['body'];
  readonly byEmail?: Builder['body'];
  /** With every documented member that is no other way to name the same thing. */
  readonly everyMember?: Builder['body'];
  readonly pathByReference?: Builder['path'];
  /** A body that breaks the schema. */
  readonly invalid?: JsonValue;
  /** Would create one more thing each time, so the repeatable request is the invalid one. */
  readonly grows?: boolean;
}

const start = 1_900_000_000;
const product = (set: FixtureSet): Readonly<Record<string, string>> => ({ id: set.productId });

const userOtherwise: Pick<Builder, 'byId' | 'byReference'> = {
  byId: (set) => ({ id: set.userId }) satisfies Schemas['UserRequest'],
  byReference: (set) => ({ referenceId: set.userReference }) satisfies Schemas['UserRequest'],
};

/** Names of what a traced request would make. */
export interface AttemptNames {
  readonly userEmail: string;
  readonly userReference: string;
  readonly eventReference: string;
}

/**
 * What a request that has to be refused would make is called after its marker: nobody has made it before, so that it is
 * there only if this very request was carried out. A key of another project may make users, in its own: it names one
 * that is there.
 */
export function attemptNames({ label, ...set }: FixtureSet, marker: string): AttemptNames {
  const [run] = /[0-9a-f]{10}$/.exec(marker) ?? [];
  const attempt = `attempt${run === undefined ? '' : `-${run}`}`;
  const eventReference = `${set.eventReference}-${attempt}`;
  if (run === undefined || label === 'traced-foreign') return { ...set, eventReference };
  return {
    userEmail: set.userEmail.replace('@', `-${attempt}@`),
    userReference: `${set.userReference}-${attempt}`,
    eventReference,
  };
}

/** The requests of the documented operations. */
export const builders: Readonly<Record<string, Builder>> = {
  'POST /v1/users/create': {
    body: (set, marker) => {
      const { userEmail: email, userReference: referenceId } = attemptNames(set, marker);
      return [
        { email, firstName: marker, lastName: 'Conformance', referenceId },
      ] satisfies Schemas['CreateUsersRequest'];
    },
    invalid: [{ firstName: 'no e-mail address' }],
  },
  'POST /v1/users/profile': {
    uses: ['user'],
    body: (set) => ({ email: set.userEmail }) satisfies Schemas['UserRequest'],
    ...userOtherwise,
    invalid: { email: 5 },
  },
  'POST /v1/users/fetch': {
    body: () => ({ limit: 10, offset: 0 }) satisfies Schemas['GetManyUsersRequest'],
    invalid: { limit: 'ten' },
  },
  'POST /v1/users/activate': {
    uses: ['user'],
    body: (set) => ({ email: set.userEmail }) satisfies Schemas['UserRequest'],
    ...userOtherwise,
    invalid: { email: 5 },
  },
  'POST /v1/users/activation': {
    uses: ['user'],
    body: (set) => ({ email: set.userEmail }) satisfies Schemas['UserRequest'],
    ...userOtherwise,
    invalid: { email: 5 },
  },
  'POST /v1/users/balances': {
    uses: ['user'],
    body: (set) => ({ email: set.userEmail }) satisfies Schemas['UserRequest'],
    ...userOtherwise,
    invalid: { email: 5 },
  },
  'POST /v1/events/create': {
    body: (set, marker) =>
      ({
        name: marker,
        start_date: start,
        end_date: start + 3600,
        location: 'Nowhere',
        address: '1 Conformance Street',
        description: 'Made by mufi-auth-conformance.',
        reference_id: attemptNames(set, marker).eventReference,
      }) satisfies Schemas['CreateEventRequest'],
    invalid: { name: '' },
    grows: true,
  },
  'PUT /v1/events/update': {
    uses: ['event'],
    body: (set, marker) =>
      ({
        id: set.eventId,
        reference_id: set.eventReference,
        name: marker,
      }) satisfies Schemas['UpdateEventRequest'],
    byId: (set, marker) => ({ id: set.eventId, name: marker }) satisfies Schemas['UpdateEventRequest'],
    byReference: (set, marker) =>
      ({ reference_id: set.eventReference, name: marker }) satisfies Schemas['UpdateEventRequest'],
    everyMember: (set, marker) =>
      ({
        id: set.eventId,
        reference_id: set.eventReference,
        name: marker,
        description: 'Changed by mufi-auth-conformance.',
        start_date: start,
        end_date: start + 7200,
      }) satisfies Schemas['UpdateEventRequest'],
    invalid: { name: 5 },
  },
  'GET /v1/events/{IdOrReferenceId}': {
    uses: ['event'],
    path: (set) => ({ IdOrReferenceId: set.eventId }),
    pathByReference: (set) => ({ IdOrReferenceId: set.eventReference }),
  },
  'GET /v1/events': { query: { page: '1', limit: '10' } },
  'POST /v1/events/attendees/register': {
    uses: ['event', 'user'],
    body: (set) =>
      ({
        event_id: set.eventId,
        user_id: set.userId,
        registered_at: start,
      }) satisfies Schemas['RegisterEventAttendeeRequest'],
    byEmail: (set) =>
      ({
        event_id: set.eventId,
        email: set.userEmail,
        registered_at: start,
      }) satisfies Schemas['RegisterEventAttendeeRequest'],
    byReference: (set) =>
      ({
        event_id: set.eventId,
        reference_id: set.userReference,
        registered_at: start,
      }) satisfies Schemas['RegisterEventAttendeeRequest'],
    everyMember: (set) =>
      ({
        event_id: set.eventId,
        user_id: set.userId,
        registered_at: start,
        checked_in_at: start + 60,
      }) satisfies Schemas['RegisterEventAttendeeRequest'],
    invalid: { event_id: 5 },
  },
  'POST /v1/products': {
    uses: ['event'],
    body: (set, marker) =>
      ({
        type: 'perks',
        name: marker,
        event_id: set.eventId,
        is_transferable: true,
      }) satisfies Schemas['Product'],
    everyMember: (set, marker) =>
      ({
        type: 'perks',
        name: marker,
        event_id: set.eventId,
        description: 'Made by mufi-auth-conformance.',
        price: '1',
        active: false,
        is_claimable: false,
        is_transferable: true,
        stock: 1,
        redemption_quantity: 1,
        max_per_account: 1,
        max_items: 1,
        min_rep_balance: 0,
        mint_nft: false,
      }) satisfies Schemas['Product'],
    invalid: { type: 'nothing' },
    grows: true,
  },
  'GET /v1/products/{id}': { uses: ['product'], path: product },
  'POST /v1/products/{id}/items': {
    uses: ['product', 'user'],
    path: product,
    body: (set) =>
      ({ product_id: set.productId, users: [set.userId] }) satisfies Schemas['CreateProductItemRequest'],
    byEmail: (set) =>
      ({ product_id: set.productId, emails: [set.userEmail] }) satisfies Schemas['CreateProductItemRequest'],
    invalid: { product_id: 5 },
    grows: true,
  },
  'POST /v1/products/{id}/items/redeem': {
    uses: ['product', 'item'],
    path: product,
    body: (set) => ({ product_item_id: set.itemId }) satisfies Schemas['RedeemProductItemRequest'],
    invalid: { product_item_id: 5 },
    grows: true,
  },
  'POST /v1/products/{id}/transfer': {
    uses: ['product', 'item', 'user'],
    path: product,
    body: (set) =>
      ({
        product_item_id: set.itemId,
        sender_user_id: set.userId,
        recipient_user_id: set.secondUserId,
      }) satisfies Schemas['TransferProductItemRequest'],
    byEmail: (set) =>
      ({
        product_item_id: set.itemId,
        sender_email: set.userEmail,
        recipient_email: set.secondUserEmail,
      }) satisfies Schemas['TransferProductItemRequest'],
    invalid: { product_item_id: 5 },
    grows: true,
  },
  'GET /v1/version': {},
};
