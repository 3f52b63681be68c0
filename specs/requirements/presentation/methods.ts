import type { Requirement, Scenario } from '../../../harness/model/index.ts';
import { rfc } from '../sources.ts';

interface Row {
  readonly id: string;
  readonly method: string;
  readonly catches?: readonly string[];
}

const rows: readonly Row[] = [
  { id: 'get', method: 'GET' },
  { id: 'post', method: 'POST' },
  { id: 'put', method: 'PUT' },
  { id: 'patch', method: 'PATCH' },
  { id: 'delete', method: 'DELETE' },
  { id: 'head', method: 'HEAD', catches: ['version-public', 'unknown-path-public'] },
  { id: 'trace', method: 'TRACE' },
  { id: 'propfind', method: 'PROPFIND' },
  { id: 'unknown', method: 'CONFORMANCE' },
];

const overriding = {
  'X-HTTP-Method-Override': '{method}',
  'X-HTTP-Method': '{method}',
  'X-Method-Override': '{method}',
} as const;

/** Methods that need no key in front of what turns them into the documented one. */
const overridden: readonly Row[] = [
  { id: 'options-overridden', method: 'OPTIONS', catches: ['options-public', 'options-answered-as-post'] },
  { id: 'get-overridden', method: 'GET' },
];

const noKey = { key: 'none', expect: 'no way in' } as const;

/** A path is behind the key with every method, also those that it does not have. */
export const methods: readonly Requirement[] = [
  {
    id: 'presentation/other-methods-require-key',
    level: 'MUST',
    profile: 'core',
    sentence: 'Without a key, a method that a path does not have does nothing.',
    source: rfc(9110, '9.1 Overview'),
    advice: 'Authenticate every request, whatever its method; do not keep a list of methods that need a key.',
    scenarios: [
      ...rows.map(
        ({ id, method, catches = [] }): Scenario => ({
          id,
          title: `${method} without a key, on a path that does not have it`,
          ...noKey,
          method,
          to: 'every operation',
          catches: [`method-${id}-public`, ...catches],
        }),
      ),
      {
        id: 'lower-case',
        title: 'the method of the operation in lower case, without a key',
        ...noKey,
        present: { requestLine: '{lower-method} {target} HTTP/1.1', lines: [] },
        to: 'every operation',
        catches: ['lower-case-method-public'],
      },
      ...overridden.map(
        ({ id, method, catches = [] }): Scenario => ({
          id,
          title: `${method} without a key, and headers that say which method is meant`,
          ...noKey,
          method,
          present: { headers: overriding },
          to: 'every operation',
          catches: [`method-${id}-public`, ...catches],
        }),
      ),
    ],
  },
];
