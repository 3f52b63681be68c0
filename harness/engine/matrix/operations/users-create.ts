import type { FixtureSet } from '../../../model/index.ts';
import { attemptNames } from './attempt-names.ts';
import type { KnownOperation, Schemas } from './known-operation.ts';
import { type Lookup, marked } from './lookup.ts';
import { usersProfile } from './users-profile.ts';

/** Always the same users, so that a target that accepts them does not grow with each run. */
const manyUsers = ({ userEmail }: FixtureSet, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    email: userEmail.replace('@', `-${index + 1}-of-many@`),
  })) satisfies Schemas['CreateUsersRequest'];

/** Finds out if a creation that names the id of an existing user took or changed that user. */
const unchangedUser: Lookup = {
  async look(ask, { userId: id }) {
    const answer = await ask(usersProfile.id, { body: { id } });
    return answer.status === 404 ? undefined : answer.content().email;
  },
  trace: (before, after) =>
    before === undefined || before === after
      ? undefined
      : {
          did: `${after === undefined ? 'took away' : 'changed'} an existing user, whose id it names`,
          certain: true,
        },
  unmistakable: true,
};

export const usersCreate: KnownOperation = {
  id: 'POST /v1/users/create',
  conflicts: true,
  bodies: {
    valid: (set, marker) => {
      const { userEmail: email, userReference: referenceId } = attemptNames(set, marker);
      return [
        { email, firstName: marker, lastName: 'Conformance', referenceId },
      ] satisfies Schemas['CreateUsersRequest'];
    },
    // The id is not documented here, so a target ignores or rejects it. The address is always the same.
    'by-two-names': ({ userEmail, userId: id }) => [{ email: userEmail.replace('@', '-by-id@'), id }],
    'two-items': (set) => manyUsers(set, 2),
    'hundred-items': (set) => manyUsers(set, 100),
    'most-items': (set) => manyUsers(set, 1500),
    invalid: [{ firstName: 'no e-mail address' }],
  },
  crossProject: ['traced-id-beside-name'],
  makes: {
    thing: 'user',
    bodies: (set) => [
      [
        { email: set.userEmail, firstName: 'Conformance', lastName: 'One', referenceId: set.userReference },
        { email: set.secondUserEmail, firstName: 'Conformance', lastName: 'Two' },
      ],
    ],
  },
  work: {
    body: (set) => [{ email: set.userEmail, firstName: 'Conformance', referenceId: set.userReference }],
  },
  lookup: marked(usersProfile.id, 'firstName', (set, marker) => ({
    body: { email: attemptNames(set, marker).userEmail },
  })),
  lookups: { 'traced-id-beside-name': unchangedUser },
};
