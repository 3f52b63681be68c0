import type { Scenario } from '../../../harness/model/index.ts';

const readKeyWrites = {
  key: 'read',
  to: 'every write operation that offers the request',
  expect: 'forbidden',
} as const;

/** Other valid bodies of the same operations: each way through an operation may have a check of its own. */
export const otherBodies: readonly Scenario[] = [
  {
    id: 'by-id',
    title: 'the read key names what it changes by id',
    ...readKeyWrites,
    request: 'by-id',
    catches: ['named-by-id-unchecked'],
  },
  {
    id: 'by-reference',
    title: 'the read key names what it changes by reference id',
    ...readKeyWrites,
    request: 'by-reference',
    catches: ['named-by-reference-unchecked'],
  },
  {
    id: 'by-email',
    title: 'the read key names users by e-mail address',
    ...readKeyWrites,
    request: 'by-email',
    catches: ['named-by-email-unchecked'],
  },
  {
    id: 'every-member',
    title: 'the read key sends the optional members as well',
    ...readKeyWrites,
    request: 'every-member',
    catches: ['more-members-unchecked'],
  },
  {
    id: 'two-at-once',
    title: 'the read key writes two things at once',
    ...readKeyWrites,
    request: 'two-items',
    catches: ['pairs-unchecked'],
  },
];
