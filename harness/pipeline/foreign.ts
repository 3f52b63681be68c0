import type { SessionState } from './state.ts';

/** Ids of the first project that no key of another project may see. */
export function foreignIds(state: Pick<SessionState, 'fixture' | 'projectId'>): string[] {
  const sets = Object.values(state.fixture);
  const ids = sets.flatMap((set) => [
    ...(set.known.includes('user') ? [set.userId, set.secondUserId] : []),
    ...(set.known.includes('event') ? [set.eventId] : []),
    ...(set.known.includes('product') ? [set.productId] : []),
    ...(set.known.includes('item') ? [set.itemId] : []),
  ]);
  return state.projectId === undefined ? ids : [...ids, state.projectId];
}
