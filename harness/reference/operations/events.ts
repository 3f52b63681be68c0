import { randomUUID } from 'node:crypto';
import type { components } from '../../../schemas/generated/mufi.types.ts';
import type { Call } from '../model.ts';
import { Refusal } from '../refusal.ts';
import type { Scope, StoredEvent } from '../store.ts';
import { bodyOf, type Handler, names, needed, present, timestamp } from './handler.ts';

type Schemas = components['schemas'];

/** The operations on events. */
export const events: Readonly<Record<string, Handler>> = {
  createEvent: { perform: create },
  updateEvent: {
    locate: (scope, call) => !isNamed(call) || chosen(scope, call) !== undefined,
    perform: update,
  },
  getEvent: {
    locate: (scope, call) => addressed(scope, call) !== undefined,
    perform: (scope, call) => present(addressed(scope, call)),
  },
  listEvents: { perform: list },
};

function create(scope: Scope, call: Call): Schemas['CreatedEventResponse'] {
  const body = bodyOf<Schemas['CreateEventRequest']>(call);
  const reference_id = body.reference_id ?? null;
  const { events: table } = scope.store;
  const taken = table.some((one) => one.project_id === scope.project && one.reference_id === reference_id);
  if (reference_id !== null && taken) throw new Refusal('rule', 'reference_id is taken.');
  const now = timestamp();
  const event = {
    id: randomUUID(),
    created_at: now,
    updated_at: now,
    project_id: scope.project,
    name: needed(body.name, 'name'),
    reference_id,
    description: body.description ?? null,
    start_date: needed(body.start_date, 'start_date'),
    end_date: needed(body.end_date, 'end_date'),
    location: needed(body.location, 'location'),
    address: needed(body.address, 'address'),
  };
  table.push(event);
  return event;
}

function update(scope: Scope, call: Call): StoredEvent {
  if (!isNamed(call)) throw new Refusal('invalid', 'body must name an event by id or reference_id');
  const event = present(chosen(scope, call));
  const { name, description, start_date, end_date } = bodyOf<Schemas['UpdateEventRequest']>(call);
  if (name !== undefined) event.name = name;
  if (description !== undefined) event.description = description;
  if (start_date !== undefined) event.start_date = start_date;
  if (end_date !== undefined) event.end_date = end_date;
  event.updated_at = timestamp();
  return event;
}

function list(scope: Scope, call: Call): Schemas['EventList'] & { page: number; limit: number } {
  const page = Number(call.request.query.get('page') ?? 1);
  const limit = Math.min(100, Number(call.request.query.get('limit') ?? 10));
  const found = scope.list(scope.store.events);
  return { events: found.slice((page - 1) * limit, page * limit), total: found.length, page, limit };
}

function chosen(scope: Scope, call: Call): StoredEvent | undefined {
  const { id, reference_id } = bodyOf<Schemas['UpdateEventRequest']>(call);
  if (typeof id === 'string') return scope.byId(scope.store.events, id);
  return typeof reference_id === 'string' ? byReference(scope, reference_id) : undefined;
}

function isNamed(call: Call): boolean {
  return names(call, 'id', 'reference_id');
}

function addressed(scope: Scope, call: Call): StoredEvent | undefined {
  const name = call.params.IdOrReferenceId ?? '';
  return scope.byId(scope.store.events, name) ?? byReference(scope, name);
}

function byReference(scope: Scope, reference: string): StoredEvent | undefined {
  return scope.find(scope.store.events, 'reference', (event) => event.reference_id === reference);
}
