import type { KnownOperation } from './known-operation.ts';

export const eventsGet: KnownOperation = {
  id: 'GET /v1/events/{IdOrReferenceId}',
  needs: ['event'],
  about: 'event',
  path: (set) => ({ IdOrReferenceId: set.eventId }),
  pathByReference: (set) => ({ IdOrReferenceId: set.eventReference }),
  finds: 'event',
};
