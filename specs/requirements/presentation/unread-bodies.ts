import type { Scenario } from '../../../harness/model/index.ts';

interface Row {
  readonly id: string;
  /** What the body is. */
  readonly what: string;
  readonly body: string;
  readonly catches: readonly string[];
}

const rows: readonly Row[] = [
  {
    id: 'broken-json',
    what: 'a body that is not JSON',
    body: '{broken',
    catches: ['json-parsed-before-authentication'],
  },
  {
    id: 'empty-body',
    what: 'an empty body that is announced as JSON',
    body: '',
    catches: ['json-parsed-before-authentication'],
  },
  {
    id: 'null',
    what: 'a body that is null',
    body: 'null',
    catches: ['null-read-before-authentication', 'validation-before-authentication'],
  },
  {
    id: 'empty-list',
    what: 'a body that is an empty list',
    body: '[]',
    catches: ['empty-list-read-before-authentication', 'validation-before-authentication'],
  },
  {
    id: 'byte-order-mark',
    what: 'a byte order mark before the JSON of the body',
    body: '\ufeff{}',
    catches: ['byte-order-mark-read-before-authentication', 'validation-before-authentication'],
  },
];

/** Bodies on which a server fails that reads them before it looks at the key. */
export const unreadBodies: readonly Scenario[] = rows.map(({ id, what, body, catches }) => ({
  id: `no-key-${id}`,
  title: `no key and ${what}`,
  key: 'none',
  present: { body },
  to: 'every operation with a body',
  expect: 'unauthorized',
  catches,
}));
