import type { Scenario } from '../../../harness/model/index.ts';
import { onceAs } from '../once.ts';

/**
 * The answer to a repeated request belongs to the project of the first one. A server may also reject the value, as it
 * was used for something else (409, 422).
 */
export const repeated: Scenario = {
  id: 'idempotency-key-of-the-owner',
  title:
    'a write key of another project names the ids of this one, right after the same write with the write key and the same Idempotency-Key',
  key: 'other-project-write',
  request: 'by-id',
  after: 'the owner',
  present: { headers: { Authorization: 'Bearer {key}', ...onceAs('of projects') } },
  to: 'every write operation that needs something',
  expect: 'not found',
  catches: ['write-replayed-to-other-project'],
};
