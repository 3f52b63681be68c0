import type { Fixture, FixtureSet } from '../../model/index.ts';
import type { SessionState } from './session-state.ts';

/** Ids of the first project that no key of another project may see. */
export function otherProjectIds(state: {
  readonly fixture: Fixture;
  readonly projectId?: string | undefined;
}): string[] {
  const ids = Object.values(state.fixture).flatMap(idsIn);
  return state.projectId === undefined ? ids : [...ids, state.projectId];
}

/** Ids of the objects in a set that the suite could create or find. */
export function idsIn(set: FixtureSet): string[] {
  return [
    ...(set.known.includes('user') ? [set.userId, set.secondUserId] : []),
    ...(set.known.includes('event') ? [set.eventId] : []),
    ...(set.known.includes('product') ? [set.productId] : []),
    ...(set.known.includes('item') ? [set.itemId] : []),
  ];
}

const textsOf = new WeakMap<Fixture, readonly string[]>();

/**
 * What no rejection may contain: these ids except the project id, which may be in the key itself, and the names of the
 * objects.
 */
export function fixtureTexts({ fixture }: Pick<SessionState, 'fixture'>): readonly string[] {
  const known = textsOf.get(fixture);
  if (known !== undefined) return known;
  const names = Object.values(fixture).flatMap((set) => [
    ...(set.known.includes('user') ? [set.userEmail, set.secondUserEmail, set.userReference] : []),
    ...(set.known.includes('event') ? [set.eventReference] : []),
  ]);
  const texts = [...otherProjectIds({ fixture }), ...names];
  textsOf.set(fixture, texts);
  return texts;
}
