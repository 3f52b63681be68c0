import type { Fixture } from '../model.ts';
import type { SessionState } from './state.ts';

/** Ids of the first project that no key of another project may see. */
export function foreignIds(state: {
  readonly fixture: Fixture;
  readonly projectId?: string | undefined;
}): string[] {
  const sets = Object.values(state.fixture);
  const ids = sets.flatMap((set) => [
    ...(set.known.includes('user') ? [set.userId, set.secondUserId] : []),
    ...(set.known.includes('event') ? [set.eventId] : []),
    ...(set.known.includes('product') ? [set.productId] : []),
    ...(set.known.includes('item') ? [set.itemId] : []),
  ]);
  return state.projectId === undefined ? ids : [...ids, state.projectId];
}

/** What no refusal carries: these ids without the project's, which the key itself may name, and the names of the things. */
export function fixtureTexts(state: Pick<SessionState, 'fixture'>): string[] {
  const names = Object.values(state.fixture).flatMap((set) => [
    ...(set.known.includes('user') ? [set.userEmail, set.secondUserEmail, set.userReference] : []),
    ...(set.known.includes('event') ? [set.eventReference] : []),
  ]);
  return [...foreignIds({ fixture: state.fixture, projectId: undefined }), ...names];
}
