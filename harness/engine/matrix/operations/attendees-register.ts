import type { KnownOperation, Schemas } from './known-operation.ts';
import { start } from './shared-bodies.ts';

type Request = Schemas['RegisterEventAttendeeRequest'];

export const attendeesRegister: KnownOperation = {
  id: 'POST /v1/events/attendees/register',
  needs: ['event', 'user'],
  about: 'event',
  bodies: {
    valid: (set) => ({ event_id: set.eventId, user_id: set.userId, registered_at: start }) satisfies Request,
    'by-email': (set) =>
      ({ event_id: set.eventId, email: set.userEmail, registered_at: start }) satisfies Request,
    'by-reference': (set) =>
      ({ event_id: set.eventId, reference_id: set.userReference, registered_at: start }) satisfies Request,
    'by-two-names': (set) =>
      ({
        event_id: set.eventId,
        user_id: set.userId,
        email: set.userEmail,
        registered_at: start,
      }) satisfies Request,
    'by-id-and-reference': (set) =>
      ({
        event_id: set.eventId,
        user_id: set.userId,
        reference_id: set.userReference,
        registered_at: start,
      }) satisfies Request,
    'every-member': (set) =>
      ({
        event_id: set.eventId,
        user_id: set.userId,
        registered_at: start,
        checked_in_at: start + 60,
      }) satisfies Request,
    invalid: { event_id: 5 },
  },
  leavesOut: ['email', 'reference_id'],
  crossProject: [
    'foreign-event',
    'foreign-user',
    'foreign-user-by-email',
    'foreign-user-by-reference',
    'foreign-email-beside-id',
    'foreign-reference-beside-id',
    'foreign-id-beside-email',
  ],
  work: { body: (set) => ({ event_id: set.eventId, user_id: set.userId }) },
};
