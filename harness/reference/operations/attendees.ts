import { randomUUID } from 'node:crypto';
import type { components } from '../../../schemas/generated/mufi.types.ts';
import type { Call } from '../model.ts';
import type { Scope, StoredAttendee, StoredEvent, StoredUser } from '../store.ts';
import { bodyOf, type Handler, names, present, timestamp } from './handler.ts';
import { findUser, summary } from './users.ts';

type Schemas = components['schemas'];
type Body = Schemas['RegisterEventAttendeeRequest'];

/** The operations on attendees. */
export const attendees: Readonly<Record<string, Handler>> = {
  registerAttendee: {
    locate: isThere,
    perform: register,
  },
};

function register(scope: Scope, call: Call): Schemas['EventAttendeeResponse'] {
  const { registered_at, checked_in_at } = bodyOf<Body>(call);
  const event = present(eventOf(scope, call));
  const user = present(userOf(scope, call));
  const attendee = attendeeOf(scope, event, user);
  if (registered_at !== undefined) attendee.registered_at = registered_at;
  if (checked_in_at !== undefined) attendee.checked_in_at = checked_in_at;
  attendee.updated_at = timestamp();
  const { id, created_at, updated_at, event_id } = attendee;
  return {
    id,
    created_at,
    updated_at,
    event_id,
    registered_at: attendee.registered_at,
    checked_in_at: attendee.checked_in_at,
    user: summary(user),
    event: { ...event },
  };
}

function attendeeOf(scope: Scope, event: StoredEvent, user: StoredUser): StoredAttendee {
  const table = scope.store.attendees;
  const known = table.find((one) => one.event_id === event.id && one.user_id === user.id);
  if (known !== undefined) return known;
  const now = timestamp();
  const attendee = {
    id: randomUUID(),
    project_id: scope.project,
    event_id: event.id,
    user_id: user.id,
    created_at: now,
    updated_at: now,
    registered_at: null,
    checked_in_at: null,
  };
  table.push(attendee);
  return attendee;
}

function isThere(scope: Scope, call: Call): boolean {
  if (names(call, 'event_id') && eventOf(scope, call) === undefined) return false;
  return !names(call, 'email', 'reference_id', 'user_id') || userOf(scope, call) !== undefined;
}

function eventOf(scope: Scope, call: Call): StoredEvent | undefined {
  const { event_id } = bodyOf<Body>(call);
  return typeof event_id === 'string' ? scope.byId(scope.store.events, event_id) : undefined;
}

function userOf(scope: Scope, call: Call): StoredUser | undefined {
  const { email, reference_id, user_id } = bodyOf<Body>(call);
  return findUser(scope, { email, referenceId: reference_id, id: user_id });
}
