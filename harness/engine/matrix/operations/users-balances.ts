import type { KnownOperation } from './known-operation.ts';
import { userBodies } from './shared-bodies.ts';

export const usersBalances: KnownOperation = {
  id: 'POST /v1/users/balances',
  needs: ['user'],
  about: 'user',
  bodies: userBodies,
  pathServesAs: 'of a read',
};
