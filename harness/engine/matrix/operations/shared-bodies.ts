import type { Bodies, Schemas } from './known-operation.ts';

/** When everything that the suite creates begins: far in the future, and always the same. */
export const start = 1_900_000_000;

/** Bodies of the operations that name one user. */
export const userBodies: Bodies = {
  valid: (set) => ({ email: set.userEmail }) satisfies Schemas['UserRequest'],
  'by-id': (set) => ({ id: set.userId }) satisfies Schemas['UserRequest'],
  'by-reference': (set) => ({ referenceId: set.userReference }) satisfies Schemas['UserRequest'],
  'by-two-names': (set) => ({ id: set.userId, email: set.userEmail }) satisfies Schemas['UserRequest'],
  'by-id-and-reference': (set) =>
    ({ id: set.userId, referenceId: set.userReference }) satisfies Schemas['UserRequest'],
  invalid: { email: 5 },
};
