import { eventsGet } from './events-get.ts';
import type { KnownOperation, MakeBody, Schemas } from './known-operation.ts';
import { marked } from './lookup.ts';
import { start } from './shared-bodies.ts';

const byBoth: MakeBody = (set, marker) =>
  ({
    id: set.eventId,
    reference_id: set.eventReference,
    name: marker,
  }) satisfies Schemas['UpdateEventRequest'];

export const eventsUpdate: KnownOperation = {
  id: 'PUT /v1/events/update',
  needs: ['event'],
  about: 'event',
  bodies: {
    valid: byBoth,
    'by-two-names': byBoth,
    'by-id': (set, marker) => ({ id: set.eventId, name: marker }) satisfies Schemas['UpdateEventRequest'],
    'by-reference': (set, marker) =>
      ({ reference_id: set.eventReference, name: marker }) satisfies Schemas['UpdateEventRequest'],
    'every-member': (set, marker) =>
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
  crossProject: ['foreign-by-reference', 'traced-name-beside-id', 'traced-id-beside-name'],
  notes: {
    thing: 'event',
    body: (set, note) => ({
      id: set.eventId,
      reference_id: set.eventReference,
      description: `Fixture of mufi-auth-conformance. ${note}`,
    }),
  },
  work: {
    body: (set) => ({
      id: set.eventId,
      reference_id: set.eventReference,
      name: `Conformance ${set.label}`,
    }),
  },
  lookup: marked(eventsGet.id, 'name', (set) => ({ path: { IdOrReferenceId: set.eventReference } })),
};
