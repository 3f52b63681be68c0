import type { FixtureSet } from '../../../model/index.ts';
import type { KnownOperation, Schemas } from './known-operation.ts';

const toMany = ({ productId, userId, secondUserId }: FixtureSet, count: number) =>
  ({
    product_id: productId,
    users: Array.from({ length: count }, (_, index) => (index % 2 === 0 ? userId : secondUserId)),
  }) satisfies Schemas['CreateProductItemRequest'];

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
    'two-items': (set) => toMany(set, 2),
    'two-emails': (set) =>
      ({
        product_id: set.productId,
        emails: [set.userEmail, set.secondUserEmail],
      }) satisfies Schemas['CreateProductItemRequest'],
    'user-and-email': (set) =>
      ({
        product_id: set.productId,
        users: [set.userId],
        emails: [set.secondUserEmail],
      }) satisfies Schemas['CreateProductItemRequest'],
    'hundred-items': (set) => toMany(set, 100),
    'most-items': (set) => toMany(set, 550),
    invalid: { product_id: 5 },
  },
  leavesOut: ['emails'],
  crossProject: [
    'foreign-user',
    'foreign-user-by-email',
    'foreign-product',
    'foreign-product-beside',
    'foreign-among-users',
    'foreign-among-emails',
    'foreign-email-after-users',
  ],
  makes: { thing: 'item', bodies: (set) => [{ product_id: set.productId, users: [set.userId] }] },
};
