/** Look-ups that name something by id, reference id or e-mail address. */
export const looked = {
  operations: [
    'POST /v1/users/profile',
    'POST /v1/users/activation',
    'POST /v1/users/balances',
    'GET /v1/events/{IdOrReferenceId}',
    'GET /v1/products/{id}',
  ],
} as const;
/** Writes that name something by id. */
export const changed = {
  operations: [
    'POST /v1/users/activate',
    'PUT /v1/events/update',
    'POST /v1/events/attendees/register',
    'POST /v1/products',
    'POST /v1/products/{id}/items',
    'POST /v1/products/{id}/items/redeem',
    'POST /v1/products/{id}/transfer',
  ],
} as const;
