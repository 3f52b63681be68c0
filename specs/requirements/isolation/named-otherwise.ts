import type { Scenario } from '../../../harness/model/index.ts';

/** Writes on what belongs to another project that name it by reference id or e-mail address, and by no id. */
export const namedOtherwise: readonly Scenario[] = [
  {
    id: 'by-reference',
    title: 'a write key of another project names an event and a user of this one by reference id alone',
    key: 'other-project-write',
    request: 'foreign-by-reference',
    to: 'every write operation that offers the request',
    // Each project has reference ids of its own: where both were the first one in some run, both have these.
    expect: 'nothing of another project',
    catches: ['foreign-written-by-reference', 'foreign-event-updated'],
  },
  {
    id: 'foreign-user-by-reference',
    title: 'a write key of another project registers a user of this one by reference id for its own event',
    key: 'other-project-write',
    request: 'foreign-user-by-reference',
    to: 'every write operation that offers the request',
    expect: 'nothing of another project',
    catches: ['foreign-written-by-reference', 'foreign-user-registered'],
  },
  {
    id: 'foreign-user-by-email',
    title:
      'a write key of another project gives its own event or item to a user of this one by e-mail address',
    key: 'other-project-write',
    request: 'foreign-user-by-email',
    to: 'every write operation that offers the request',
    // An address that a project does not know may be invited to it; the user of the other one may not be touched.
    expect: 'nothing of another project',
    catches: ['foreign-written-by-email', 'foreign-user-registered', 'foreign-user-issued'],
  },
  {
    id: 'foreign-recipient-by-email',
    title: 'a write key of another project transfers its own item to a user of this one by e-mail address',
    key: 'other-project-write',
    request: 'foreign-recipient-by-email',
    to: 'every write operation that offers the request',
    expect: 'nothing of another project',
    catches: ['foreign-written-by-email'],
  },
];
