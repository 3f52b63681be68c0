import type { Family } from '../../../harness/model/index.ts';
import { apiReference, authentication } from '../sources.ts';
import { bypasses } from './bypasses.ts';
import { methods } from './methods.ts';
import { otherBodies } from './other-bodies.ts';
import { spelling } from './spelling.ts';

const traceable = {
  operations: [
    'POST /v1/users/create',
    'POST /v1/users/activate',
    'POST /v1/events/create',
    'PUT /v1/events/update',
    'POST /v1/products/{id}/items/redeem',
    'POST /v1/products/{id}/transfer',
  ],
} as const;

/** Writes that may be carried out again and again. */
const repeatable = {
  operations: [
    'POST /v1/users/create',
    'POST /v1/users/activate',
    'PUT /v1/events/update',
    'POST /v1/events/attendees/register',
  ],
} as const;

export const permissions: Family = {
  id: 'permissions',
  title: 'What a key may do',
  requirements: [
    {
      id: 'permissions/write-key-has-full-access',
      level: 'MUST',
      profile: 'core',
      sentence: 'A write key is let through on every operation.',
      source: authentication('Permission Levels'),
      advice: 'Let the write level include everything that the read level allows.',
      scenarios: [
        {
          id: 'every-operation',
          title: 'the untouched write key',
          to: 'every operation',
          expect: 'accepted',
          provesAccess: true,
          catches: ['write-key-cannot-read', 'write-key-cannot-create'],
        },
        {
          id: 'real-work',
          title: 'the write key creates and changes things that are kept for later runs',
          procedure: 'real work',
          to: 'every write operation',
          expect: 'accepted',
          provesAccess: true,
          catches: ['write-key-cannot-create'],
        },
        {
          id: 'right-after-no-key',
          title: 'the write key right after the same request without a key was refused',
          key: 'none',
          procedure: 'the owner is served right after a refusal',
          to: 'every read operation',
          expect: 'accepted',
          catches: ['refusal-kept-300-ms'],
        },
      ],
    },
    {
      id: 'permissions/read-key-reads',
      level: 'MUST',
      profile: 'core',
      sentence: 'A read key succeeds on every read operation, also where reading is a POST.',
      source: authentication('Permission Levels'),
      advice: 'Decide by operation, not by HTTP method, what reading is.',
      scenarios: [
        {
          id: 'every-read-operation',
          title: 'the untouched read key',
          key: 'read',
          to: 'every read operation',
          expect: 'accepted',
          catches: ['balances-need-write', 'posts-need-write'],
        },
        {
          id: 'right-after-a-refused-write',
          title: 'the read key right after it was refused a write',
          key: 'read',
          after: 'a refused write',
          to: 'every read operation',
          expect: 'accepted',
          catches: ['refused-once'],
        },
      ],
    },
    {
      id: 'permissions/read-key-does-not-write',
      level: 'MUST',
      profile: 'core',
      sentence: 'A read key on a write operation is answered 403.',
      source: authentication('Permission Levels'),
      advice: 'Check the permission of the key in front of every write operation; deny by default.',
      scenarios: [
        {
          id: 'valid-request',
          title: 'the untouched read key with a valid request',
          key: 'read',
          to: 'every write operation',
          atEveryDepth: true,
          expect: 'forbidden',
          catches: [
            'refused-as-401',
            'transfer-unchecked',
            'permission-ignored',
            'put-unchecked',
            'refused-as-404',
          ],
        },
        {
          id: 'right-after-reading',
          title: 'the read key writes right after it has read',
          key: 'read',
          after: 'a read',
          to: 'every write operation',
          expect: 'forbidden',
          catches: ['allowed-once'],
        },
        {
          id: 'right-after-the-owner',
          title: 'the read key writes right after the write key sent the same request',
          key: 'read',
          after: 'the owner',
          to: repeatable,
          expect: 'forbidden',
          catches: ['verdict-shared-by-request', 'verdict-shared-by-key-header'],
        },
        ...otherBodies,
      ],
    },
    {
      id: 'permissions/permission-before-content',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'A read key on a write operation is answered 403 before the content is looked at.',
      source: apiReference('Standard Errors'),
      advice: 'Check the permission before validation and look-ups, so that a refusal tells nothing.',
      explainedBy: ['permissions/read-key-does-not-write'],
      scenarios: [
        {
          id: 'invalid-body',
          title: 'the untouched read key with a body that breaks the schema',
          key: 'read',
          request: 'invalid',
          to: 'every write operation',
          expect: 'forbidden, order of checks tolerated',
          catches: [
            'validation-before-permission',
            'validation-before-authentication',
            'transfer-unchecked',
            'refused-as-401',
            'permission-ignored',
            'put-unchecked',
            'refused-after-writing',
            'refused-as-404',
          ],
        },
        {
          id: 'unknown-id',
          title: 'the untouched read key with ids that do not exist',
          key: 'read',
          request: 'unknown-id',
          to: 'every write operation',
          expect: 'forbidden, order of checks tolerated',
          catches: ['lookup-before-permission'],
        },
      ],
    },
    {
      id: 'permissions/refused-writes-leave-no-trace',
      level: 'MUST',
      profile: 'core',
      sentence: 'A write that was refused has created and changed nothing.',
      source: authentication('Permission Levels'),
      advice: 'Decide before acting; a 401 or 403 that is sent after the write protects nobody.',
      explainedBy: [
        'permissions/read-key-does-not-write',
        'presentation/key-required',
        'token/signature-present',
      ],
      scenarios: [
        {
          id: 'read-key',
          title: 'the read key writes and the owner looks for it',
          key: 'read',
          request: 'traced-read',
          procedure: 'refused writes leave no trace',
          to: traceable,
          expect: 'forbidden',
          catches: [
            'refused-after-writing',
            'refused-writes-queued',
            'transfer-unchecked',
            'permission-ignored',
            'put-unchecked',
          ],
        },
        {
          id: 'forged-key',
          title: 'a key with a stripped signature writes and the owner looks for it',
          key: 'write',
          forge: { sign: 'none' },
          request: 'traced-forged',
          procedure: 'refused writes leave no trace',
          to: traceable,
          expect: 'unauthorized',
          catches: ['empty-signature-accepted', 'signature-ignored', 'verified-once'],
        },
        {
          id: 'no-key',
          title: 'a request without a key writes and the owner looks for it',
          key: 'none',
          request: 'traced-nobody',
          procedure: 'refused writes leave no trace',
          to: traceable,
          expect: 'unauthorized',
          catches: ['unauthorized-after-writing'],
        },
      ],
    },
    ...bypasses,
    ...spelling,
    ...methods,
  ],
};
