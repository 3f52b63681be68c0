import type { ApiRequest, Operation } from '../model.ts';
import type { Fault } from './fault.ts';

type Body = Readonly<Record<string, unknown>>;

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
  when: (body: Body, operation: Operation) => boolean,
): Fault {
  return {
    id,
    breaks,
    override: (policy) => ({
      mayCall: async (permission, operation, request) =>
        when(await bodyOf(request), operation) || policy.mayCall(permission, operation, request),
    }),
  };
}

const has = (body: Body, ...names: readonly string[]): boolean => names.some((name) => name in body);

/** Nothing where the body is no JSON object. */
async function bodyOf(request: ApiRequest): Promise<Body> {
  try {
    const value: unknown = JSON.parse(await request.text());
    return typeof value === 'object' && value !== null ? (value as Body) : {};
  } catch {
    return {};
  }
}
