import type { Bodies, Schemas } from './known-operation.ts';

/** Bodies of the operations that name one user. */
export const userBodies: Bodies = {
  valid: (set) => ({ email: set.userEmail }) satisfies Schemas['UserRequest'],
  'by-id': (set) => ({ id: set.userId }) satisfies Schemas['UserRequest'],
  'by-reference': (set) => ({ referenceId: set.userReference }) satisfies Schemas['UserRequest'],
  invalid: { email: 5 },
};
