import { randomUUID } from 'node:crypto';
import { against, invalid, notFound, type Operation, type OperationRequest } from './operation.ts';
import { isEmail, isId, isInteger, isText, orNull, problemsIn } from './shapes.ts';
import { type Event, timestamp } from './shelves.ts';
import { shownUser } from './users.ts';

const newEvent = {
  ...{ 'name!': isText(3, 255), 'start_date!': isInteger(), 'end_date!': isInteger() },
  ...{ 'location!': isText(1, 128), 'address!': isText(1, 255) },
  ...{ description: isText(), reference_id: orNull(isText()) },
};
const changes = {
  ...{ id: isId, reference_id: isText(), name: isText(1, 255), description: isText() },
  ...{ start_date: orNull(isInteger(1)), end_date: orNull(isInteger(1)) },
};
const registration = {
  ...{ 'event_id!': isId, user_id: isId, email: isEmail, reference_id: orNull(isText()) },
  ...{ registered_at: orNull(isInteger(1)), checked_in_at: orNull(isInteger()) },
};

function create({ shelf, body }: OperationRequest) {
  const { reference_id = null, description = null } = body;
  const isTaken = [...shelf.events.values()].some((event) => event.reference_id === reference_id);
  if (reference_id !== null && isTaken) return against('the reference id is taken');
  const fields = Object.fromEntries(
    ['name', 'start_date', 'end_date', 'location', 'address'].map((name) => [name, body[name]]),
  );
  const [id, now] = [randomUUID(), timestamp()];
  const event: Event = {
    ...{ ...fields, id, description, project_id: shelf.id, created_at: now, updated_at: now },
    reference_id: typeof reference_id === 'string' ? reference_id : null,
  };
  shelf.events.set(id, event);
  return { status: 201, body: event };
}

function update({ shelf, body }: OperationRequest) {
  const { id, reference_id, ...rest } = body;
  const name = id ?? reference_id;
  if (name === undefined) return invalid(['the request names no event']);
  const known = shelf.event(name);
  if (known === undefined) return notFound;
  const given = Object.entries(rest).filter(([one]) => one in changes);
  const event: Event = { ...known, ...Object.fromEntries(given), updated_at: timestamp() };
  shelf.events.set(event.id, event);
  return { status: 201, body: event };
}

function list({ shelf, query }: OperationRequest) {
  const [page, limit] = [Number(query.get('page') ?? 1), Number(query.get('limit') ?? 10)];
  const all = [...shelf.events.values()];
  return { status: 200, body: { events: all.slice((page - 1) * limit, page * limit), total: all.length } };
}

function register({ shelf, body }: OperationRequest) {
  const event = shelf.event(body.event_id);
  const { email, reference_id: referenceId, user_id: id } = body;
  const user = shelf.user({ email, referenceId, id });
  if (event === undefined || user === undefined) return notFound;
  const place = `${event.id} ${user.id}`;
  const known = shelf.attendances.get(place);
  const { registered_at = known?.registeredAt ?? null, checked_in_at = known?.checkedInAt ?? null } = body;
  const now = timestamp();
  const attendance = {
    ...{ id: known?.id ?? randomUUID(), createdAt: known?.createdAt ?? now },
    ...{ registeredAt: registered_at, checkedInAt: checked_in_at },
  };
  shelf.attendances.set(place, attendance);
  return {
    status: 200,
    body: {
      ...{ id: attendance.id, created_at: attendance.createdAt, updated_at: now, event_id: event.id },
      ...{ registered_at, checked_in_at, user: shownUser(user), event },
    },
  };
}

/** The operations on events and their attendees. */
export const eventOperations: readonly Operation[] = [
  {
    ...{ method: 'POST', path: /^\/v1\/events\/create$/, writes: true, act: create },
    problems: (body) => problemsIn(newEvent, body),
  },
  {
    ...{ method: 'PUT', path: /^\/v1\/events\/update$/, writes: true, act: update },
    problems: (body) => problemsIn(changes, body),
  },
  {
    ...{ method: 'POST', path: /^\/v1\/events\/attendees\/register$/, writes: true, act: register },
    problems: (body) => {
      const named = ['user_id', 'email', 'reference_id'].some((name) => Object(body)[name] !== undefined);
      return [...problemsIn(registration, body), ...(named ? [] : ['the request names nobody'])];
    },
  },
  {
    ...{ method: 'GET', path: /^\/v1\/events$/, writes: false, act: list },
    problems: (_, query) =>
      ['page', 'limit']
        .filter((name) => !/^(null|[1-9]\d{0,8})$/.test(String(query.get(name))))
        .map((name) => `${name} is not valid`),
  },
  {
    ...{ method: 'GET', path: /^\/v1\/events\/([^/]+)$/, writes: false, problems: () => [] },
    act: ({ shelf, named }) => {
      const event = shelf.event(named[0]);
      return event === undefined ? notFound : { status: 200, body: event };
    },
  },
];
