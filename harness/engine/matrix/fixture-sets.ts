import { createHash } from 'node:crypto';
import type {
  Fixture,
  FixtureSet,
  FixtureThing,
  OtherProjectVariant,
  RequestVariant,
  RespelledVariant,
} from '../../model/index.ts';

/** Ids that no target creates, for objects that requests name but that do not exist. */
function placeholder(label: string, index: number): string {
  const digits = createHash('sha256').update(`${label} ${index}`).digest('hex');
  return `c0f0${digits.slice(0, 4)}-${digits.slice(4, 8)}-4${digits.slice(8, 11)}-8000-${digits.slice(12, 24)}`;
}

/** A set with this label, with placeholders for the ids that only the target can give. */
export function emptySet(label: string): FixtureSet {
  return {
    label,
    eventId: placeholder(label, 1),
    eventReference: `conformance-event-${label}`,
    userId: placeholder(label, 2),
    userEmail: `conformance-${label}-one@example.com`,
    userReference: `conformance-user-${label}-one`,
    secondUserId: placeholder(label, 3),
    secondUserEmail: `conformance-${label}-two@example.com`,
    productId: placeholder(label, 4),
    itemId: placeholder(label, 5),
    known: [],
  };
}

export const emptyFixture: Fixture = {
  main: emptySet('main'),
  refused: emptySet('refused'),
  'traced-read': emptySet('traced-read'),
  'traced-forged': emptySet('traced-forged'),
  'traced-nobody': emptySet('traced-nobody'),
  'traced-foreign': emptySet('traced-foreign'),
};

/** Names objects that do not exist in the target. */
export const unknownSet: FixtureSet = emptySet('unknown');

/** The objects of the second project before the target has been asked. */
export const emptyOtherProject: FixtureSet = emptySet('other-project');

/**
 * Texts that the suite sends to every target. They stay readable in a report, even if a key contains the same
 * characters.
 */
export const ownTexts: readonly string[] = [
  ...[...Object.values(emptyFixture), unknownSet, emptyOtherProject].flatMap((set) => [
    set.eventReference,
    set.userEmail,
    set.userReference,
    set.secondUserEmail,
  ]),
  'Fixture of mufi-auth-conformance.',
  '1 Conformance Street',
  'conformance-made-up-path',
  'conformance-other-project',
  'conformance-keys',
  'conformance-many-keys',
  'application/json',
  'x'.repeat(16 * 1024),
];

interface BorrowedThings {
  readonly things: readonly FixtureThing[];
  take(from: FixtureSet, own: FixtureSet): Partial<FixtureSet>;
}

const user: BorrowedThings = {
  things: ['user'],
  take: ({ userId, userEmail, userReference }) => ({ userId, userEmail, userReference }),
};
const event: BorrowedThings = {
  things: ['event'],
  take: ({ eventId, eventReference }) => ({ eventId, eventReference }),
};
const recipient: BorrowedThings = {
  things: ['user'],
  take: ({ secondUserId, secondUserEmail }) => ({ secondUserId, secondUserEmail }),
};

const item: BorrowedThings = { things: ['item'], take: ({ itemId }) => ({ itemId }) };

const borrowed: Readonly<Record<OtherProjectVariant, BorrowedThings>> = {
  // From the set that no rejected key writes to: a target that accepts a forged key has created the other objects in
  // both projects.
  'foreign-by-reference': {
    things: ['event', 'user'],
    take: (from, own) => ({ ...event.take(from, own), ...user.take(from, own) }),
  },
  'foreign-beside': { things: [], take: () => ({}) },
  'foreign-beside-by-id': { things: [], take: () => ({}) },
  'foreign-event': event,
  'foreign-user': user,
  'foreign-user-by-email': user,
  'foreign-user-by-reference': user,
  'foreign-recipient': recipient,
  'foreign-recipient-by-email': recipient,
  'foreign-product': { things: ['product'], take: ({ productId }) => ({ productId }) },
  'foreign-product-beside': { things: ['product'], take: () => ({}) },
  // The product of the path stays the own one.
  'foreign-item': item,
  // Who gets the item is the own second user.
  'foreign-item-and-sender': {
    things: ['item', 'user'],
    take: (from, own) => ({ ...item.take(from, own), ...user.take(from, own) }),
  },
  'foreign-email-beside-id': { things: ['user'], take: ({ userEmail }) => ({ userEmail }) },
  'foreign-reference-beside-id': { things: ['user'], take: ({ userReference }) => ({ userReference }) },
  'foreign-id-beside-email': { things: ['user'], take: ({ userId }) => ({ userId }) },
  // The own recipient is who has the item, so it stays where other scenarios look for it.
  'foreign-recipient-email-beside-id': {
    things: ['user'],
    take: ({ secondUserEmail }, { userId }) => ({ secondUserId: userId, secondUserEmail }),
  },
  'foreign-recipient-id-beside-email': {
    things: ['user'],
    take: ({ secondUserId }, { userEmail }) => ({ secondUserId, secondUserEmail: userEmail }),
  },
  'traced-name-beside-id': {
    things: ['event', 'user'],
    take: ({ eventReference, userEmail }) => ({ eventReference, userEmail }),
  },
  'traced-id-beside-name': {
    things: ['event', 'user'],
    take: ({ eventId, userId }) => ({ eventId, userId }),
  },
  'foreign-among-users': recipient,
  'foreign-among-emails': recipient,
  'foreign-email-after-users': recipient,
};

/** The second user of a set, whom no other request activates, as its only one. */
function ofSecondUser(set: FixtureSet): FixtureSet {
  return { ...set, userId: set.secondUserId, userEmail: set.secondUserEmail };
}

/** The objects of this project that a request of another one names, and that the owner looks at. */
export function namedByOthers(fixture: Fixture, variant: RequestVariant): FixtureSet {
  switch (variant) {
    case 'traced-name-beside-id':
      return ofSecondUser(fixture['traced-foreign']);
    case 'traced-id-beside-name':
      return ofSecondUser(fixture['traced-nobody']);
    default:
      return variant in fixture ? fixture[variant as keyof Fixture] : fixture.main;
  }
}

/** The set of a project with one object of another project in it; `known` has only objects known in both. */
export function mixedSet(own: FixtureSet, other: FixtureSet, variant: OtherProjectVariant): FixtureSet {
  const { things, take } = borrowed[variant];
  const known = own.known.filter((one) => !things.includes(one) || other.known.includes(one));
  return { ...own, ...take(other, own), known };
}

const quotes = "x' or '1'='1";
const ids = ['eventId', 'userId', 'productId'] as const;

function withIds(set: FixtureSet, spell: (id: string) => string): FixtureSet {
  return { ...set, ...Object.fromEntries(ids.map((name) => [name, spell(set[name])])) };
}

const respelled: Readonly<Record<RespelledVariant, (set: FixtureSet) => FixtureSet>> = {
  'by-id-in-capitals': (set) => withIds(set, (id) => id.toUpperCase()),
  'by-id-without-hyphens': (set) => withIds(set, (id) => id.replaceAll('-', '')),
  'by-email-in-capitals': (set) => ({ ...set, userEmail: set.userEmail.toUpperCase() }),
  // A product has no reference id.
  'by-reference-with-quotes': (set) => ({
    ...set,
    eventReference: quotes,
    userReference: quotes,
    productId: quotes,
  }),
};

/** The set with its names in another spelling. */
export function respelledSet(set: FixtureSet, variant: RespelledVariant): FixtureSet {
  return respelled[variant](set);
}
