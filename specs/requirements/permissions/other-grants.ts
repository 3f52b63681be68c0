import type { Row } from '../each.ts';
import { claimedByConnection } from '../hop-by-hop.ts';

const Authorization = 'Bearer {key}';
const once = { Authorization, 'Idempotency-Key': 'conformance {method} {path}' };

/**
 * Members, parameters and headers that honest clients send or gateways add, and that grant nothing. A server may first
 * reject an unknown member (400) or a condition that it cannot meet (409, 412).
 */
export const otherGrants: readonly Row[] = [
  {
    id: 'permission-member',
    title: 'a member of the body says that the permission is write',
    present: { headers: { Authorization }, members: { permission: 'write' } },
    catches: ['permission-from-body'],
  },
  {
    id: 'nested-permission-parameters',
    title: 'parameters in brackets say that the permission is write',
    present: {
      headers: { Authorization },
      query: {
        'key[permission]': 'write',
        'user[permission]': 'write',
        'auth[permission]': 'write',
      },
    },
    catches: ['permission-from-nested-parameter'],
  },
  {
    id: 'scope-header',
    title: 'headers say that the scope is write',
    present: { headers: { Authorization, 'X-Scope': 'write', 'X-Scopes': 'read write' } },
    catches: ['scope-from-header'],
  },
  {
    id: 'dry-run-parameter',
    title: 'a parameter says that it is only a trial',
    present: { headers: { Authorization }, query: { dry_run: 'true' } },
    catches: ['dry-run-unchecked'],
  },
  {
    id: 'prefer-minimal',
    title: 'a header asks for an answer without content',
    present: { headers: { Authorization, Prefer: 'return=minimal' } },
    catches: ['prefer-unchecked'],
  },
  {
    id: 'if-match',
    title: 'a header asks for the change of any version',
    present: { headers: { Authorization, 'If-Match': '*' } },
    catches: ['if-match-unchecked'],
  },
  {
    id: 'named-by-connection',
    title: 'a header says that the key is for the next hop alone (Connection: close, Authorization)',
    present: claimedByConnection,
    catches: ['connection-header-unchecked'],
  },
  {
    id: 'idempotency-key',
    title: 'a header has a key for repeated requests (Idempotency-Key)',
    present: { headers: once },
    catches: ['idempotency-key-unchecked'],
  },
  {
    id: 'idempotency-key-of-the-owner',
    title: 'the same request with the write key and the same Idempotency-Key was sent right before',
    present: { headers: once },
    after: 'the owner',
    to: 'every repeatable write',
    catches: [
      'write-replayed-before-authorization',
      'idempotency-key-unchecked',
      'verdict-shared-by-request',
      'verdict-shared-by-key-header',
    ],
  },
];
