import type { FixtureSet } from '../../../model/index.ts';
import { attemptNames } from './attempt-names.ts';
import type { KnownOperation, Schemas } from './known-operation.ts';
import { marked } from './lookup.ts';
import { usersProfile } from './users-profile.ts';

/** Always the same users, so that a target that accepts them does not grow with each run. */
const manyUsers = ({ userEmail }: FixtureSet, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    email: userEmail.replace('@', `-${index + 1}-of-many@`),
  })) satisfies Schemas['CreateUsersRequest'];

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
    'two-items': (set) => manyUsers(set, 2),
    'hundred-items': (set) => manyUsers(set, 100),
    'most-items': (set) => manyUsers(set, 1500),
    invalid: [{ firstName: 'no e-mail address' }],
  },
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
};
