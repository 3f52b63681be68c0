import type { KnownOperation, Schemas } from './known-operation.ts';

export const productsCreate: KnownOperation = {
  id: 'POST /v1/products',
  needs: ['event'],
  grows: true,
  bodies: {
    valid: (set, marker) =>
      ({
        type: 'perks',
        name: marker,
        event_id: set.eventId,
        is_transferable: true,
      }) satisfies Schemas['Product'],
    'every-member': (set, marker) =>
      ({
        type: 'perks',
        name: marker,
        event_id: set.eventId,
        description: 'Made by mufi-auth-conformance.',
        price: '1',
        active: false,
        is_claimable: false,
        is_transferable: true,
        stock: 1,
        redemption_quantity: 1,
        max_per_account: 1,
        max_items: 1,
        min_rep_balance: 0,
        mint_nft: false,
      }) satisfies Schemas['Product'],
    invalid: { type: 'nothing' },
  },
  // These are members of minted items, and no test data may be one.
  leavesOut: ['chain', 'metadata_uri'],
  makes: {
    thing: 'product',
    // Can be redeemed as often as the target allows, so later runs can use the item again.
    bodies: (set) =>
      [{ redemption_quantity: 1_000_000 }, { redemption_quantity: 1_000 }, {}].map((limit) => ({
        type: 'perks',
        name: `Conformance ${set.label}`,
        event_id: set.eventId,
        is_transferable: true,
        ...limit,
      })),
  },
};
