import type { Requirement, Scenario } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';

interface Row {
  readonly id: string;
  readonly method: string;
}

const rows: readonly Row[] = [
  { id: 'get', method: 'GET' },
  { id: 'head', method: 'HEAD' },
  { id: 'post', method: 'POST' },
  { id: 'put', method: 'PUT' },
  { id: 'patch', method: 'PATCH' },
  { id: 'delete', method: 'DELETE' },
  { id: 'options', method: 'OPTIONS' },
  { id: 'unknown', method: 'CONFORMANCE' },
];

/** What a path does with one method, it does with no other for a key that may not. */
export const methods: readonly Requirement[] = [
  {
    id: 'permissions/other-methods-do-not-write',
    level: 'MUST',
    profile: 'core',
    sentence: 'A read key does not write with a method that the path does not have.',
    source: authentication('Permission Levels'),
    advice:
      'Route each operation by its method, and deny a read key everything that is not a read operation.',
    explainedBy: ['permissions/read-key-does-not-write'],
    scenarios: [
      ...rows.map(
        ({ id, method }): Scenario => ({
          id,
          title: `${method} with the read key, on the path of a write that does not have it`,
          key: 'read',
          method,
          to: 'every write operation',
          expect: 'no way in',
          catches: [`method-${id}-unchecked`],
        }),
      ),
      {
        id: 'lower-case',
        title: 'the method of the write in lower case, with the read key',
        key: 'read',
        present: {
          requestLine: '{lower-method} {target} HTTP/1.1',
          lines: ['Authorization: Bearer {key}'],
        },
        to: 'every write operation',
        expect: 'no way in',
        catches: ['lower-case-method-unchecked'],
      },
      {
        id: 'delete-a-thing',
        title: 'the read key deletes what was made for it, and the owner looks for it',
        key: 'read',
        method: 'DELETE',
        request: 'traced-read',
        procedure: 'refused writes leave no trace',
        to: 'every read operation of one thing',
        expect: 'forbidden',
        atEveryDepth: true,
        catches: ['read-key-deletes'],
      },
      {
        id: 'delete-without-key',
        title: 'a request without a key deletes what was made for it, and the owner looks for it',
        key: 'none',
        method: 'DELETE',
        request: 'traced-nobody',
        procedure: 'refused writes leave no trace',
        to: 'every read operation of one thing',
        expect: 'unauthorized',
        atEveryDepth: true,
        catches: ['anybody-deletes'],
      },
    ],
  },
];
