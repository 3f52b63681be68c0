import type { KnownOperation } from './known-operation.ts';

export const eventsList: KnownOperation = {
  id: 'GET /v1/events',
  query: { page: '1', limit: '10' },
  paging: {
    sizes: [100, 50, 10],
    at: ({ size, page }) => ({
      query: [
        ['page', String(page)],
        ['limit', String(size)],
      ],
    }),
  },
};
