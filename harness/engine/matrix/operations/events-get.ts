import type { KnownOperation } from './known-operation.ts';
import { marked, stillThere } from './lookup.ts';

const id = 'GET /v1/events/{IdOrReferenceId}';

export const eventsGet: KnownOperation = {
  id,
  needs: ['event'],
  about: 'event',
  path: (set) => ({ IdOrReferenceId: set.eventId }),
  pathByReference: (set) => ({ IdOrReferenceId: set.eventReference }),
  finds: 'event',
  lookup: stillThere(id, (set) => ({ IdOrReferenceId: set.eventId })),
  rewritten: {
    body: (_set, marker) => ({ name: marker }),
    lookup: marked(id, 'name', (set) => ({ path: { IdOrReferenceId: set.eventId } })),
  },
};
