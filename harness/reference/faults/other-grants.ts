import type { Fault } from './fault.ts';
import { isForNextHop } from './for-next-hop.ts';
import { jsonBodyOf } from './json-body.ts';
import { replaying } from './replaying.ts';
import { unchecked } from './unchecked.ts';

/** Faults of servers that take a permission from another part of the request than the key. */
export const otherGrants: readonly Fault[] = [
  unchecked('permission-from-body', 'No member of the body grants a permission.', async (request) => {
    const body = await jsonBodyOf(request);
    const [first] = [body].flat() as { readonly permission?: unknown }[];
    return first?.permission === 'write';
  }),
  unchecked(
    'permission-from-nested-parameter',
    'No member of a parameter grants a permission.',
    ({ query }) => query.get('key[permission]') === 'write',
  ),
  unchecked(
    'scope-from-header',
    'No header grants a scope.',
    ({ headers }) => headers['x-scope'] === 'write',
  ),
  unchecked(
    'dry-run-unchecked',
    'A trial needs the permission too.',
    ({ query }) => query.get('dry_run') === 'true',
  ),
  unchecked(
    'prefer-unchecked',
    'What an answer contains does not change the permission.',
    ({ headers }) => headers.prefer !== undefined,
  ),
  unchecked(
    'if-match-unchecked',
    'A condition does not change the permission.',
    ({ headers }) => headers['if-match'] !== undefined,
  ),
  unchecked(
    'idempotency-key-unchecked',
    'A key for repeated requests does not change the permission.',
    ({ headers }) => headers['idempotency-key'] !== undefined,
  ),
  unchecked(
    'connection-header-unchecked',
    'A key that a gateway removes after it verified it does not change its permission.',
    isForNextHop,
  ),
  replaying('write-replayed-before-authorization', 'permission'),
];
