import type { KnownOperation } from './known-operation.ts';
import { stillThere } from './lookup.ts';

export const productsGet: KnownOperation = {
  id: 'GET /v1/products/{id}',
  needs: ['product'],
  about: 'product',
  path: (set) => ({ id: set.productId }),
  finds: 'product',
  lookup: stillThere('GET /v1/products/{id}', (set) => ({ id: set.productId })),
};
