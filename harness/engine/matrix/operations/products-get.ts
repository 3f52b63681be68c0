import type { KnownOperation } from './known-operation.ts';
import { marked, stillThere } from './lookup.ts';

const id = 'GET /v1/products/{id}';

export const productsGet: KnownOperation = {
  id,
  needs: ['product'],
  about: 'product',
  path: (set) => ({ id: set.productId }),
  finds: 'product',
  lookup: stillThere(id, (set) => ({ id: set.productId })),
  rewritten: {
    body: (_set, marker) => ({ name: marker }),
    lookup: marked(id, 'name', (set) => ({ path: { id: set.productId } })),
  },
};
