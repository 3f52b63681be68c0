/** The read operations of the API reference of Mufi, in the order of the document. */
export const reading = [
  'POST /v1/users/profile',
  'POST /v1/users/fetch',
  'POST /v1/users/activation',
  'POST /v1/users/balances',
  'GET /v1/events',
  'GET /v1/events/{IdOrReferenceId}',
  'GET /v1/products/{id}',
  'GET /v1/version',
];

/** The write operations. */
export const writing = [
  'POST /v1/users/create',
  'POST /v1/users/activate',
  'POST /v1/events/create',
  'PUT /v1/events/update',
  'POST /v1/events/attendees/register',
  'POST /v1/products',
  'POST /v1/products/{id}/items',
  'POST /v1/products/{id}/items/redeem',
  'POST /v1/products/{id}/transfer',
];
