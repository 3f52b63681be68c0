import type { KnownOperation, Schemas } from './known-operation.ts';

export const itemsIssue: KnownOperation = {
  id: 'POST /v1/products/{id}/items',
  needs: ['product', 'user'],
  about: 'product',
  grows: true,
  path: (set) => ({ id: set.productId }),
  bodies: {
    valid: (set) =>
      ({ product_id: set.productId, users: [set.userId] }) satisfies Schemas['CreateProductItemRequest'],
    'by-email': (set) =>
      ({ product_id: set.productId, emails: [set.userEmail] }) satisfies Schemas['CreateProductItemRequest'],
    invalid: { product_id: 5 },
  },
  crossProject: ['foreign-user', 'foreign-user-by-email', 'foreign-product'],
  makes: { thing: 'item', bodies: (set) => [{ product_id: set.productId, users: [set.userId] }] },
};
