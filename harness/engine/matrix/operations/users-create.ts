import { attemptNames } from './attempt-names.ts';
import type { KnownOperation, Schemas } from './known-operation.ts';
import { marked } from './lookup.ts';
import { usersProfile } from './users-profile.ts';

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
