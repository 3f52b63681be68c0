import { attemptNames } from './attempt-names.ts';
import { eventsGet } from './events-get.ts';
import type { KnownOperation, Schemas } from './known-operation.ts';
import { marked } from './lookup.ts';
import { start } from './shared-bodies.ts';

const place = { location: 'Nowhere', address: '1 Conformance Street' };

export const eventsCreate: KnownOperation = {
  id: 'POST /v1/events/create',
  grows: true,
  bodies: {
    valid: (set, marker) =>
      ({
        name: marker,
        start_date: start,
        end_date: start + 3600,
        ...place,
        description: 'Made by mufi-auth-conformance.',
        reference_id: attemptNames(set, marker).eventReference,
      }) satisfies Schemas['CreateEventRequest'],
    invalid: { name: '' },
  },
  makes: {
    thing: 'event',
    bodies: (set) => [
      {
        name: `Conformance ${set.label}`,
        start_date: start,
        end_date: start + 3600,
        ...place,
        description: 'Fixture of mufi-auth-conformance.',
        reference_id: set.eventReference,
      },
    ],
  },
  lookup: {
    ...marked(eventsGet.id, 'name', (set, marker) => ({
      path: { IdOrReferenceId: attemptNames(set, marker).eventReference },
    })),
    staysWithWriter: true,
  },
};
