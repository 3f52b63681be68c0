import type { Via } from '../model.ts';
import type { Policy } from '../policy.ts';
import { Refusal } from '../refusal.ts';
import { beside } from './beside.ts';
import type { Fault } from './fault.ts';
import { foreignPaths } from './foreign-paths.ts';
import { framedBodies } from './framed-bodies.ts';
import { inDemand } from './in-demand.ts';
import { items } from './items.ts';
import { keptFor } from './kept.ts';
import { keptAnswers } from './kept-answers.ts';
import { namedProjects } from './named-projects.ts';
import { replaying } from './replaying.ts';
import { knownRing } from './ring.ts';
import { spelledOtherwise } from './spelled-otherwise.ts';
import { twoNames } from './two-names.ts';

const LOOKUPS = ['getUserProfile', 'getUserActivation', 'getUserBalances'];

/** Faults in the separation of projects and environments. */
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
    'A list contains nothing of another project.',
    (via) => via.operationId === 'listEvents',
  ),
  showing(
    'foreign-users-listed',
    'A list contains nothing of another project.',
    (via) => via.operationId === 'fetchUsers',
  ),
  showing(
    'foreign-event-registered',
    'Nobody can be registered for an event of another project.',
    (via, isUser) => via.operationId === 'registerAttendee' && !isUser,
  ),
  showing(
    'foreign-user-registered',
    'A user of another project cannot be registered.',
    (via, isUser) => via.operationId === 'registerAttendee' && isUser,
  ),
  showing(
    'foreign-event-in-product',
    'A product cannot belong to an event of another project.',
    (via) => via.operationId === 'createProduct',
  ),
  showing(
    'foreign-product-issued',
    'Items of a product of another project cannot be issued.',
    (via, isUser) => via.operationId === 'issueProductItems' && !isUser,
  ),
  showing(
    'foreign-user-issued',
    'A user of another project cannot get an item.',
    (via, isUser) => via.operationId === 'issueProductItems' && isUser,
  ),
  showing(
    'foreign-item-redeemed',
    'An item of another project cannot be redeemed.',
    (via) => via.operationId === 'redeemProductItem',
  ),
  showing(
    'foreign-item-transferred',
    'An item of another project cannot be transferred.',
    (via) => via.operationId === 'transferProductItem',
  ),
  showing(
    'foreign-recipient',
    'An item cannot be transferred to a user of another project.',
    // By the id alone: with the address, the item would be gone before the id is tried.
    ({ how, operationId }, isUser) => operationId === 'transferProductItem' && how === 'id' && isUser,
  ),
  showing(
    'foreign-written-by-reference',
    'Nothing of another project can be changed by its reference id.',
    ({ how, operationId }) =>
      how === 'reference' && ['activateUser', 'updateEvent', 'registerAttendee'].includes(operationId),
  ),
  showing(
    'foreign-written-by-email',
    'Nothing can be given to a user of another project by the address.',
    ({ how, operationId }) =>
      how === 'email' &&
      ['registerAttendee', 'issueProductItems', 'transferProductItem'].includes(operationId),
  ),
  {
    id: 'foreign-existence-told',
    breaks: 'An id of another project is answered like an id that does not exist.',
    override: (policy) => ({
      sees: (object, project, via) => {
        const own = policy.sees(object, project, via);
        if (!own && via.how === 'id') throw new Refusal('permission');
        return own;
      },
    }),
  },
  {
    id: 'foreign-data-in-404',
    breaks: 'A rejection contains nothing of another project.',
    override: (policy) => ({
      sees: (object, project, via) => via.operationId === 'getEvent' || policy.sees(object, project, via),
      finish: async (answer, call, why) => {
        const { body } = answer;
        const shown = typeof body === 'object' && body !== null && 'project_id' in body;
        const foreign = shown && call.caller !== undefined && body.project_id !== call.caller.project;
        return policy.finish(foreign ? { ...answer, status: 404 } : answer, call, why);
      },
    }),
  },
  {
    id: 'only-first-project',
    breaks: 'The keys of every project work in their project.',
    override: (policy) => {
      const { verify, ring } = knownRing(policy);
      return {
        verify,
        projectOf: async (claims, request) => {
          const project = await policy.projectOf(claims, request);
          if (claims.permission === 'write' && project !== ring()?.home()?.project)
            throw new Refusal('permission');
          return project;
        },
      };
    },
  },
  {
    id: 'first-keys-only-in-first-project',
    breaks: 'The keys of every project work in their project, including those that exist from the start.',
    override: (policy) => {
      const { verify, ring } = knownRing(policy);
      return {
        verify,
        projectOf: async (claims, request) => {
          const project = await policy.projectOf(claims, request);
          const isThere = ring()?.find(claims.sub)?.supplied === true;
          if (isThere && claims.permission === 'write' && project !== ring()?.home()?.project)
            throw new Refusal('permission');
          return project;
        },
      };
    },
  },
  {
    id: 'other-environment-accepted',
    breaks: 'A key of another environment is rejected.',
    override: () => ({ isHere: () => true }),
  },
  {
    id: 'event-kept-by-id',
    breaks: 'What the owner has just read does not exist for another project.',
    caughtBy: ['isolation/nothing-foreign-by-name/by-id-read-key'],
    override: (policy) => {
      // Each request looks an object up twice: to see if it exists, and to show it.
      const shown = keptFor<number>(300);
      return {
        sees: (object, project, via) => {
          const own = policy.sees(object, project, via);
          if (via.operationId !== 'getEvent' || via.how !== 'id' || !('id' in object)) return own;
          const name = String(object.id);
          const left = own ? 2 : (shown.get(name) ?? 0) - 1;
          if (left >= 0) shown.set(name, left);
          return left >= 0;
        },
      };
    },
  },
  ...keptAnswers,
  replaying('write-replayed-to-other-project', 'missing'),
  ...items,
  ...namedProjects,
  ...spelledOtherwise,
  ...beside,
  ...framedBodies,
  ...twoNames,
  ...foreignPaths,
  inDemand,
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
