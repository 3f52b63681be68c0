import type { Scenario } from '../../../harness/model/index.ts';
import { besideHeaders } from '../beside-headers.ts';
import { onceAs } from '../once.ts';

/** What the owner was answered a moment before is not for a key that was revoked. */
export const rightAfterTheOwner: readonly Scenario[] = [
  {
    id: 'idempotency-key-of-the-owner',
    title: 'the revoked key, right after the same write with the write key and the same Idempotency-Key',
    key: 'revoked',
    after: 'the owner',
    present: { headers: { Authorization: 'Bearer {key}', ...onceAs('of a revoked key') } },
    to: 'every repeatable write',
    expect: 'unauthorized',
    catches: ['write-replayed-to-revoked-key'],
  },
  ...besideHeaders.map(
    ({ id, header, value }): Scenario => ({
      id: `${id}-of-the-owner`,
      title: `the revoked key, right after the same request with the write key and the same ${header}`,
      key: 'revoked',
      after: 'the owner',
      present: { headers: { Authorization: 'Bearer {key}', [header]: value } },
      to: 'every GET operation',
      // Something in front may reject the header.
      expect: 'no way in',
      catches: [`answer-beside-${id}-shared-with-revoked-key`],
    }),
  ),
];

/** Nor is the answer to the same write with the key that took its place. */
export const rightAfterItsSuccessor: Scenario = {
  id: 'idempotency-key-of-its-successor',
  title:
    'a regenerated write key right after the same write with the key that took its place and the same Idempotency-Key',
  prepare: 'regenerated write key',
  after: 'its successor',
  present: { headers: { Authorization: 'Bearer {key}', ...onceAs('of a key') } },
  to: 'every repeatable write',
  expect: 'unauthorized',
  catches: ['write-replayed-to-old-key'],
};
