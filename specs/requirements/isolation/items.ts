import type { Scenario } from '../../../harness/model/index.ts';
import { each } from '../each.ts';

/** Writes about items that name a part of this project and a part of the project of the key. */
export const items: readonly Scenario[] = each(
  {
    key: 'other-project-write',
    to: 'every write operation that offers the request',
    expect: 'not found',
  },
  [
    {
      id: 'foreign-recipient',
      title: 'a write key of another project transfers its own item to a user of this one',
      request: 'foreign-recipient',
      catches: ['foreign-recipient'],
    },
    {
      id: 'foreign-item-among-own',
      title: 'a write key of another project names an item of this one below its own product',
      request: 'foreign-item',
      catches: ['foreign-item-below-own-product-redeemed'],
    },
    {
      id: 'foreign-item-and-sender',
      title: 'a write key of another project takes an item from a user of this one below its own product',
      request: 'foreign-item-and-sender',
      catches: ['foreign-item-below-own-product-transferred'],
    },
    {
      id: 'foreign-product-in-body',
      title: 'a write key of another project names its own product in the path and one of this in the body',
      request: 'foreign-product-beside',
      present: { headers: { Authorization: 'Bearer {key}' }, members: { product_id: '{product}' } },
      // A server that takes the product from the path alone issues an item of the own product.
      expect: 'nothing of another project',
      catches: ['product-of-body-issued'],
    },
  ],
);
