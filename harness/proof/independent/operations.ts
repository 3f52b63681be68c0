import { eventOperations } from './events.ts';
import type { Operation } from './operation.ts';
import { productOperations } from './products.ts';
import { userOperations } from './users.ts';

const version: Operation = {
  ...{ method: 'GET', path: /^\/v1\/version$/, writes: false, problems: () => [] },
  act: () => ({ status: 200, body: { version: '2.0' } }),
};

/** Every operation; if a path matches two, the first counts. */
export const operations: readonly Operation[] = [
  version,
  ...userOperations,
  ...eventOperations,
  ...productOperations,
];
