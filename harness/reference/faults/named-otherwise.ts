import type { Operation } from '../model.ts';
import type { Fault } from './fault.ts';
import { type JsonBody, jsonBodyOf } from './json-body.ts';
import { unchecked } from './unchecked.ts';

const otherwiseNamed = 'A read key is rejected however the request names the object that it changes.';

/** Faults that check the permission on only one of several ways through an operation. */
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
    'A read key is rejected whatever optional members the request has.',
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
