import type { Operation } from '../model.ts';
import type { Fault } from './fault.ts';
import { type JsonBody, jsonBodyOf } from './json-body.ts';
import { unchecked } from './unchecked.ts';

const otherwiseNamed = 'A read key is refused however the request names what it changes.';

/** Faults that check the permission on one of several ways through the same operation only. */
export const namedOtherwise: readonly Fault[] = [
  uncheckedWhere(
    'named-by-id-unchecked',
    otherwiseNamed,
    (body) => has(body, 'id') && !has(body, 'email', 'reference_id', 'referenceId'),
  ),
  uncheckedWhere(
    'named-by-reference-unchecked',
    otherwiseNamed,
    (body, { operationId }) =>
      operationId !== 'createEvent' &&
      has(body, 'reference_id', 'referenceId') &&
      !has(body, 'id', 'email', 'user_id'),
  ),
  uncheckedWhere(
    'named-by-email-unchecked',
    otherwiseNamed,
    (body, { operationId }) => operationId !== 'activateUser' && has(body, 'email', 'emails', 'sender_email'),
  ),
  uncheckedWhere(
    'more-members-unchecked',
    'A read key is refused whatever the request sends beside the least.',
    (body, { operationId }) =>
      has(body, 'checked_in_at', 'stock') || (operationId === 'updateEvent' && has(body, 'description')),
  ),
];

function uncheckedWhere(
  id: string,
  breaks: string,
  when: (body: JsonBody, operation: Operation) => boolean,
): Fault {
  return unchecked(id, breaks, async (request, operation) => when(await jsonBodyOf(request), operation));
}

const has = (body: JsonBody, ...names: readonly string[]): boolean => names.some((name) => name in body);
