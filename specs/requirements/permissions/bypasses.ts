import type { Presentation, Requirement, Scenario } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';
import { overrides } from './overrides.ts';

/** A server may honour them, as long as what it is led to is checked as if it had been asked for outright. */
const leadElsewhere = [
  'method-override',
  'method-override-short',
  'method-parameter',
  'original-url',
  'rewrite-url',
];

const rows: readonly (readonly [string, Presentation, string, ...catches: string[]])[] = [
  [
    'method-override',
    { headers: { 'X-HTTP-Method-Override': 'GET' } },
    'a header says that the method is GET',
    'method-override-honoured',
    'permission-ignored',
    'put-unchecked',
  ],
  [
    'method-override-short',
    { headers: { 'X-Method-Override': 'GET' } },
    'a header says that the method is GET (X-Method-Override)',
    'method-override-honoured',
  ],
  [
    'method-parameter',
    { query: { _method: 'GET' } },
    'a parameter says that the method is GET',
    'method-override-honoured',
  ],
  [
    'original-url',
    { headers: { 'X-Original-URL': '/v1/version' } },
    'a header says that another path is meant (X-Original-URL)',
    'original-url-honoured',
  ],
  [
    'rewrite-url',
    { headers: { 'X-Rewrite-URL': '/v1/version' } },
    'a header says that another path is meant (X-Rewrite-URL)',
    'original-url-honoured',
  ],
  [
    'permission-header',
    { headers: { 'X-Permission': 'write', 'X-Role': 'write' } },
    'headers say that the permission is write',
    'refused-as-401',
    'permission-from-header',
    'refused-as-404',
    'transfer-unchecked',
    'refused-after-writing',
  ],
  [
    'permission-parameter',
    { query: { permission: 'write', scope: 'write' } },
    'parameters say that the permission is write',
    'permission-from-parameter',
    'refused-as-401',
  ],
];

/** What stands beside the key grants nothing. */
export const bypasses: readonly Requirement[] = [
  {
    id: 'permissions/nothing-else-grants-permission',
    level: 'MUST',
    profile: 'core',
    sentence: 'Headers and parameters beside the key do not turn a read key into a write key.',
    source: authentication('Permission Levels'),
    advice: 'Take the permission from the verified key, and the operation from the routed request.',
    explainedBy: ['permissions/read-key-does-not-write'],
    scenarios: [
      ...rows.map(
        ([id, present, title, ...catches]): Scenario => ({
          id,
          title,
          key: 'read',
          present: { ...present, headers: { Authorization: 'Bearer {key}', ...present.headers } },
          to: 'every write operation',
          expect: leadElsewhere.includes(id) ? 'not let in' : 'forbidden',
          catches,
        }),
      ),
      ...overrides,
    ],
  },
];
