import type { KnownOperation } from './known-operation.ts';
import { userBodies } from './shared-bodies.ts';

export const usersActivation: KnownOperation = {
  id: 'POST /v1/users/activation',
  needs: ['user'],
  about: 'user',
  bodies: userBodies,
};
