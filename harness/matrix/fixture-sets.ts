import type { Fixture, FixtureSet } from '../model.ts';

/** Ids that no target hands out, for things that are named but do not exist. */
function placeholder(label: string, index: number): string {
  const digits = Buffer.from(label.padEnd(5, '-').slice(0, 5)).toString('hex');
  return `c0f0${digits.slice(0, 4)}-${digits.slice(4, 8)}-4000-8000-${String(index).padStart(12, '0')}`;
}

/** A set by its label, with placeholders for the ids that only the target can give. */
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
  traced: emptySet('traced'),
  foreign: emptySet('foreign'),
};

/** Names things that do not exist in the target. */
export const unknownSet: FixtureSet = emptySet('unknown');
