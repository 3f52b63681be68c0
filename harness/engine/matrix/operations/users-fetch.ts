import type { KnownOperation, Schemas } from './known-operation.ts';

export const usersFetch: KnownOperation = {
  id: 'POST /v1/users/fetch',
  showsAccess: true,
  bodies: {
    valid: () => ({ limit: 10, offset: 0 }) satisfies Schemas['GetManyUsersRequest'],
    invalid: { limit: 'ten' },
  },
  paging: {
    sizes: [1000, 100, 10],
    at: ({ size, after }) => ({ query: [], body: { limit: size, offset: after } }),
  },
  pathServesAs: 'nothing below',
};
