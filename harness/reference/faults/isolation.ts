import type { Via } from '../model.ts';
import type { Policy } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import type { Fault } from './fault.ts';

const LOOKUPS = ['getUserProfile', 'getUserActivation', 'getUserBalances'];

/** Faults in the walls between projects and environments. */
export const isolation: readonly Fault[] = [
  showing(
    'foreign-event-by-id',
    'An event of another project is not found by its id.',
    ({ how, operationId }) => operationId === 'getEvent' && how === 'id',
  ),
  showing(
    'foreign-event-by-reference',
    'An event of another project is not found by its reference id.',
    (via) => via.operationId === 'getEvent' && via.how === 'reference',
  ),
  showing(
    'foreign-event-updated',
    'An event of another project is not changed.',
    (via) => via.operationId === 'updateEvent',
  ),
  showing(
    'foreign-product-by-id',
    'A product of another project is not found.',
    (via) => via.operationId === 'getProduct',
  ),
  showing(
    'foreign-user-by-id',
    'A user of another project is not found by the id.',
    ({ how, operationId }) => LOOKUPS.includes(operationId) && how === 'id',
  ),
  showing(
    'foreign-user-by-email',
    'A user of another project is not found by the address.',
    ({ how, operationId }) => LOOKUPS.includes(operationId) && how === 'email',
  ),
  showing(
    'foreign-user-by-reference',
    'A user of another project is not found by the reference id.',
    ({ how, operationId }) => LOOKUPS.includes(operationId) && how === 'reference',
  ),
  showing(
    'foreign-user-activated',
    'A user of another project is not changed.',
    (via) => via.operationId === 'activateUser',
  ),
  showing(
    'foreign-events-listed',
    'A list holds nothing of another project.',
    (via) => via.operationId === 'listEvents',
  ),
  showing(
    'foreign-users-listed',
    'A list holds nothing of another project.',
    (via) => via.operationId === 'fetchUsers',
  ),
  showing(
    'foreign-event-registered',
    'Nobody is registered for an event of another project.',
    (via, isUser) => via.operationId === 'registerAttendee' && !isUser,
  ),
  showing(
    'foreign-user-registered',
    'A user of another project is not registered.',
    (via, isUser) => via.operationId === 'registerAttendee' && isUser,
  ),
  showing(
    'foreign-event-in-product',
    'A product does not belong to an event of another project.',
    (via) => via.operationId === 'createProduct',
  ),
  showing(
    'foreign-product-issued',
    'Items of a product of another project are not issued.',
    (via, isUser) => via.operationId === 'issueProductItems' && !isUser,
  ),
  showing(
    'foreign-user-issued',
    'A user of another project gets no item.',
    (via, isUser) => via.operationId === 'issueProductItems' && isUser,
  ),
  showing(
    'foreign-item-redeemed',
    'An item of another project is not redeemed.',
    (via) => via.operationId === 'redeemProductItem',
  ),
  showing(
    'foreign-item-transferred',
    'An item of another project does not change hands.',
    (via, isUser) => via.operationId === 'transferProductItem' && !isUser,
  ),
  showing(
    'foreign-recipient',
    'An item does not go to a user of another project.',
    (via, isUser) => via.operationId === 'transferProductItem' && isUser,
  ),
  {
    id: 'foreign-existence-told',
    breaks: 'Something of another project looks like something that does not exist.',
    override: (policy) => ({
      sees: (object, project, via) => {
        const own = policy.sees(object, project, via);
        if (!own && via.how === 'id') throw new Refusal('permission');
        return own;
      },
    }),
  },
  {
    id: 'project-from-header',
    breaks: 'The key says the project, and nothing else does.',
    override: (policy) => ({
      projectOf: (claims, request) => {
        const named = request.headers['x-project-id'];
        return typeof named === 'string' ? named : policy.projectOf(claims, request);
      },
    }),
  },
  {
    id: 'other-environment-accepted',
    breaks: 'A key of another environment is refused.',
    override: () => ({ isHere: () => true }),
  },
];

function showing(id: string, breaks: string, when: (via: Via, isUser: boolean) => boolean): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      sees: (object, project, via) => when(via, 'email' in object) || policy.sees(object, project, via),
    }),
  };
}
