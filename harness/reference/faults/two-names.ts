import type { ApiRequest, Call, Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { type JsonBody, jsonBodyOf } from './json-body.ts';

/** A request that names things by more than one name. */
interface TwoNames {
  readonly operations: readonly string[];
  /** The name that the server checks. */
  checked(body: JsonBody): unknown;
  /** The body by which it acts; undefined if there is no second name. */
  acted(body: JsonBody): JsonBody | undefined;
}

const lookUps = ['getUserProfile', 'getUserActivation', 'getUserBalances'];

/** Faults that check one name of a thing and act by another, in every project. */
export const twoNames: readonly Fault[] = [
  checkingOne('address-beside-id-taken', {
    operations: lookUps,
    checked: ({ id }) => id,
    acted: ({ email }) => (email === undefined ? undefined : { email }),
  }),
  checkingOne('reference-beside-id-taken', {
    operations: lookUps,
    checked: ({ id }) => id,
    acted: ({ referenceId }) => (referenceId === undefined ? undefined : { referenceId }),
  }),
  checkingOne('id-in-capitals-beside-taken', {
    operations: lookUps,
    checked: ({ id }) => id,
    acted: ({ ID: id }) => (id === undefined ? undefined : { id }),
  }),
  checkingOne('registered-by-address-beside-id', {
    operations: ['registerAttendee'],
    checked: ({ user_id }) => user_id,
    acted: ({ user_id: _, ...rest }) => (rest.email === undefined ? undefined : rest),
  }),
  checkingOne('registered-by-reference-beside-id', {
    operations: ['registerAttendee'],
    checked: ({ user_id }) => user_id,
    acted: ({ user_id: _, ...rest }) => (rest.reference_id === undefined ? undefined : rest),
  }),
  checkingOne('registered-by-id-beside-address', {
    operations: ['registerAttendee'],
    checked: ({ email }) => email,
    acted: ({ email: _, ...rest }) => (rest.user_id === undefined ? undefined : rest),
  }),
  checkingOne('transferred-by-address-beside-id', {
    operations: ['transferProductItem'],
    checked: ({ recipient_user_id }) => recipient_user_id,
    acted: ({ recipient_user_id: _, ...rest }) => (rest.recipient_email === undefined ? undefined : rest),
  }),
  checkingOne('transferred-by-id-beside-address', {
    operations: ['transferProductItem'],
    checked: ({ recipient_email }) => recipient_email,
    acted: ({ recipient_email: _, ...rest }) => (rest.recipient_user_id === undefined ? undefined : rest),
  }),
  checkingOne('changed-by-name-beside-id', {
    operations: ['updateEvent', 'activateUser'],
    checked: ({ id }) => id,
    acted: ({ id: _, ...rest }) => (isNamed(rest) ? rest : undefined),
  }),
  checkingOne('changed-by-id-beside-name', {
    operations: ['updateEvent', 'activateUser'],
    checked: ({ email, reference_id }) => email ?? reference_id,
    acted: ({ email: _, reference_id: __, ...rest }) => (rest.id === undefined ? undefined : rest),
  }),
  checkingOne('changed-by-id-in-capitals', {
    operations: ['updateEvent', 'registerAttendee'],
    checked: ({ id, event_id }) => id ?? event_id,
    acted: ({ ID: id, EVENT_ID: event_id, USER_ID: user_id, ...rest }) =>
      id === undefined && event_id === undefined
        ? undefined
        : { ...rest, ...(id === undefined ? {} : { id }), ...(event_id ? { event_id, user_id } : {}) },
  }),
  checkingOne('only-first-user-checked', {
    operations: ['issueProductItems'],
    checked: ({ users }) => (Array.isArray(users) ? users[0] : undefined),
    acted: (body) => (Array.isArray(body.users) && body.users.length > 1 ? body : undefined),
  }),
  checkingOne('only-first-address-checked', {
    operations: ['issueProductItems'],
    checked: ({ emails }) => (Array.isArray(emails) ? emails[0] : undefined),
    acted: (body) => (Array.isArray(body.emails) && body.emails.length > 1 ? body : undefined),
  }),
  checkingOne('addresses-beside-users-unchecked', {
    operations: ['issueProductItems'],
    checked: ({ users }) => (Array.isArray(users) ? users[0] : undefined),
    acted: (body) => (Array.isArray(body.emails) ? body : undefined),
  }),
];

const everywhere = 'every project';
const isNamed = ({ email, reference_id }: JsonBody): boolean =>
  email !== undefined || reference_id !== undefined;

/** Lets a request pass if the name that is checked is one of its project, and acts in every project. */
function checkingOne(id: string, { operations, checked, acted }: TwoNames): Fault {
  return {
    id,
    breaks: 'If a request names things in two ways, each of them has to be of the own project.',
    override: (policy: Policy) => {
      const seen = new Set<string>();
      const calls = new WeakMap<ApiRequest, Call>();
      const passes = async (call: Call | undefined, { project }: Claims): Promise<boolean> => {
        if (call === undefined || !operations.includes(call.operation?.operationId ?? '')) return false;
        const body = await jsonBodyOf(call.request);
        const taken = acted(body);
        if (taken === undefined || !seen.has(`${project} ${checked(body)}`)) return false;
        call.body = taken;
        return true;
      };
      return {
        exempt: (call, ring) => {
          calls.set(call.request, call);
          return policy.exempt(call, ring);
        },
        projectOf: async (claims, request) =>
          (await passes(calls.get(request), claims)) ? everywhere : policy.projectOf(claims, request),
        sees: (object, project, via) => {
          // What was looked at is known from then on, by each of its names.
          for (const name of namesOf(object)) seen.add(`${object.project_id} ${name}`);
          return project === everywhere || policy.sees(object, project, via);
        },
      };
    },
  };
}

function namesOf(object: object): string[] {
  const { id, email, referenceId, reference_id }: JsonBody = { ...object };
  return [id, email, referenceId, reference_id].filter((name) => typeof name === 'string');
}
