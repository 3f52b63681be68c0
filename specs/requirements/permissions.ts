import type { Family, Presentation } from '../../harness/model.ts';
import { spelling } from './permissions/spelling.ts';
import { apiReference, authentication } from './sources.ts';

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

const bypasses: readonly (readonly [string, Presentation, string])[] = [
  [
    'method-override',
    { headers: { 'X-HTTP-Method-Override': 'GET' } },
    'a header says that the method is GET',
  ],
  [
    'method-override-short',
    { headers: { 'X-Method-Override': 'GET' } },
    'a header says that the method is GET (X-Method-Override)',
  ],
  ['method-parameter', { query: { _method: 'GET' } }, 'a parameter says that the method is GET'],
  [
    'original-url',
    { headers: { 'X-Original-URL': '/v1/version' } },
    'a header says that another path is meant (X-Original-URL)',
  ],
  [
    'rewrite-url',
    { headers: { 'X-Rewrite-URL': '/v1/version' } },
    'a header says that another path is meant (X-Rewrite-URL)',
  ],
  [
    'permission-header',
    { headers: { 'X-Permission': 'write', 'X-Role': 'write' } },
    'headers say that the permission is write',
  ],
  [
    'permission-parameter',
    { query: { permission: 'write', scope: 'write' } },
    'parameters say that the permission is write',
  ],
];

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
          catches: [],
        },
        {
          id: 'real-work',
          title: 'the write key creates and changes things that are kept for later runs',
          procedure: 'real work',
          to: 'every write operation',
          expect: 'accepted',
          provesAccess: true,
          catches: [],
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
          catches: [],
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
          expect: 'forbidden',
          catches: [],
        },
      ],
    },
    {
      id: 'permissions/permission-before-content',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'A read key on a write operation is answered 403 before the content is looked at.',
      source: apiReference('Standard Errors'),
      advice: 'Check the permission before validation and look-ups, so that a refusal tells nothing.',
      scenarios: [
        {
          id: 'invalid-body',
          title: 'the untouched read key with a body that breaks the schema',
          key: 'read',
          request: 'invalid',
          to: 'every write operation',
          expect: 'forbidden, order of checks tolerated',
          catches: [],
        },
        {
          id: 'unknown-id',
          title: 'the untouched read key with ids that do not exist',
          key: 'read',
          request: 'unknown-id',
          to: 'every write operation',
          expect: 'forbidden, order of checks tolerated',
          catches: [],
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
      scenarios: [
        {
          id: 'read-key',
          title: 'the read key writes and the owner looks for it',
          key: 'read',
          request: 'traced-read',
          procedure: 'refused writes leave no trace',
          to: traceable,
          expect: 'forbidden',
          catches: [],
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
          catches: [],
        },
        {
          id: 'no-key',
          title: 'a request without a key writes and the owner looks for it',
          key: 'none',
          request: 'traced-nobody',
          procedure: 'refused writes leave no trace',
          to: traceable,
          expect: 'unauthorized',
          catches: [],
        },
      ],
    },
    {
      id: 'permissions/nothing-else-grants-permission',
      level: 'MUST',
      profile: 'core',
      sentence: 'Headers and parameters beside the key do not turn a read key into a write key.',
      source: authentication('Permission Levels'),
      advice: 'Take the permission from the verified key, and the operation from the routed request.',
      scenarios: bypasses.map(([id, present, title]) => ({
        id,
        title,
        key: 'read',
        present: { ...present, headers: { Authorization: 'Bearer {key}', ...present.headers } },
        to: 'every write operation',
        expect: 'forbidden',
        catches: [],
      })),
    },
    ...spelling,
  ],
};
