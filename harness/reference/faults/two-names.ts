import type { ApiRequest, Call, Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import { lookingEverywhere } from './everywhere.ts';
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
const transfer = ['transferProductItem'];

/** Faults that check one name of a thing and act by another, in every project. */
export const twoNames: readonly Fault[] = [
  actingBy('address-beside-id-taken', lookUps, 'id', 'email'),
  actingBy('reference-beside-id-taken', lookUps, 'id', 'referenceId'),
  checkingOne('id-in-capitals-beside-taken', {
    operations: lookUps,
    checked: ({ id }) => id,
    acted: ({ ID: id }) => (id === undefined ? undefined : { id }),
  }),
  actingBy('registered-by-address-beside-id', ['registerAttendee'], 'user_id', 'email'),
  actingBy('registered-by-reference-beside-id', ['registerAttendee'], 'user_id', 'reference_id'),
  actingBy('registered-by-id-beside-address', ['registerAttendee'], 'email', 'user_id'),
  actingBy('transferred-by-address-beside-id', transfer, 'recipient_user_id', 'recipient_email'),
  actingBy('transferred-by-id-beside-address', transfer, 'recipient_email', 'recipient_user_id'),
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
  {
    id: 'user-taken-over-by-id-on-creation',
    breaks: 'The creation of a user leaves the users of other projects alone, whatever id it names.',
    override: (policy) => {
      const seen = new Map<unknown, object>();
      return {
        sees: (object, project, via) => {
          const { id, email }: JsonBody = { ...object };
          if (email !== undefined) seen.set(id, object);
          return policy.sees(object, project, via);
        },
        finish: (answer, call, why) => {
          const { body, caller, operation } = call;
          const isCreation = operation?.operationId === 'createUsers' && answer.status === 201;
          if (isCreation && Array.isArray(body)) {
            for (const { id, email } of body as readonly JsonBody[])
              Object.assign(seen.get(id) ?? {}, { email, project_id: caller?.project });
          }
          return policy.finish(answer, call, why);
        },
      };
    },
  },
];

const isNamed = ({ email, reference_id }: JsonBody): boolean =>
  email !== undefined || reference_id !== undefined;

/** Checks one member of a body, and acts by the others if a second one is there. */
function actingBy(id: string, operations: readonly string[], checked: string, second: string): Fault {
  return checkingOne(id, {
    operations,
    checked: (body) => body[checked],
    acted: ({ [checked]: _, ...rest }) => (rest[second] === undefined ? undefined : rest),
  });
}

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
      const looking = lookingEverywhere(policy, (request, claims) => passes(calls.get(request), claims));
      return {
        exempt: (call, ring) => {
          calls.set(call.request, call);
          return policy.exempt(call, ring);
        },
        projectOf: looking.projectOf,
        sees: (object, project, via) => {
          // What was looked at is known from then on, by each of its names.
          for (const name of namesOf(object)) seen.add(`${object.project_id} ${name}`);
          return looking.sees(object, project, via);
        },
      };
    },
  };
}

function namesOf(object: object): string[] {
  const { id, email, referenceId, reference_id }: JsonBody = { ...object };
  return [id, email, referenceId, reference_id].filter((name) => typeof name === 'string');
}
