import type { KnownOperation } from './known-operation.ts';
import { stillThere } from './lookup.ts';

export const eventsGet: KnownOperation = {
  id: 'GET /v1/events/{IdOrReferenceId}',
  needs: ['event'],
  about: 'event',
  path: (set) => ({ IdOrReferenceId: set.eventId }),
  pathByReference: (set) => ({ IdOrReferenceId: set.eventReference }),
  finds: 'event',
  lookup: stillThere('GET /v1/events/{IdOrReferenceId}', (set) => ({ IdOrReferenceId: set.eventId })),
};
