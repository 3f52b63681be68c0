import type { KnownOperation } from './known-operation.ts';
import { userBodies } from './shared-bodies.ts';

export const usersProfile: KnownOperation = {
  id: 'POST /v1/users/profile',
  needs: ['user'],
  about: 'user',
  bodies: userBodies,
  finds: 'user',
};
