/** Operations that many faults show themselves on. */
export const [profile, create] = ['POST /v1/users/profile', 'POST /v1/users/create'] as const;
export const event = 'GET /v1/events/{IdOrReferenceId}';
/** The path of one product. */
export const item = '/v1/products/{id}';

/** The same operations for several faults, by fault. */
export const onOperations = (
  operations: readonly string[],
  ...faults: readonly string[]
): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(faults.map((fault) => [fault, operations]));
