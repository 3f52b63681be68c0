import type { KnownOperation } from './known-operation.ts';

export const version: KnownOperation = {
  id: 'GET /v1/version',
  stands: true,
  showsAccess: true,
  pathServesAs: 'readable with any key',
};
