import type { KnownOperation } from './known-operation.ts';
import { userBodies } from './shared-bodies.ts';
import { usersActivation } from './users-activation.ts';

export const usersActivate: KnownOperation = {
  id: 'POST /v1/users/activate',
  needs: ['user'],
  about: 'user',
  stands: true,
  bodies: userBodies,
  leavesOut: ['id', 'referenceId'],
  crossProject: ['foreign-by-reference', 'traced-name-beside-id', 'traced-id-beside-name'],
  work: { body: (set) => ({ email: set.userEmail }) },
  lookup: {
    async look(ask, set) {
      const answer = await ask(usersActivation.id, { body: { email: set.userEmail } });
      const { isActivated, activatedOn } = answer.content();
      return `${isActivated} ${activatedOn}`;
    },
    trace: (before, after) => (before === after ? undefined : { did: 'activated the user' }),
  },
};
