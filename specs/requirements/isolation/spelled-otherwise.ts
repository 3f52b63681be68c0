import type { Scenario } from '../../../harness/model/index.ts';

/**
 * Names a user by something that is no text. Where the id of another project is in it, a success has found that; a
 * firewall may answer with a page or drop the request. `lines` adds nothing; the document says nothing of such answers.
 */
const byNoText = (body: string) =>
  ({
    key: 'other-project-read',
    present: { headers: { Authorization: 'Bearer {key}' }, lines: [], body },
    to: 'every read operation about a user',
    expect: 'no way in',
  }) as const;

/** Look-ups of what belongs to another project that a server may answer by another way through its code. */
export const spelledOtherwise: readonly Scenario[] = [
  {
    id: 'id-in-capitals',
    title: 'a read key of another project looks by ids of this one in capitals',
    key: 'other-project-read',
    request: 'by-id-in-capitals',
    to: 'every read operation that needs something',
    expect: 'not found',
    catches: ['foreign-id-in-capitals', 'foreign-user-by-id', 'foreign-event-by-id', 'foreign-product-by-id'],
  },
  {
    id: 'id-without-hyphens',
    title: 'a read key of another project looks by ids of this one without hyphens',
    key: 'other-project-read',
    request: 'by-id-without-hyphens',
    to: 'every read operation that needs something',
    expect: 'not found',
    catches: ['foreign-id-without-hyphens'],
  },
  {
    id: 'email-in-capitals',
    title: 'a read key of another project looks by e-mail addresses of this one in capitals',
    key: 'other-project-read',
    request: 'by-email-in-capitals',
    to: 'every read operation about a user',
    expect: 'nothing of another project',
    catches: ['foreign-email-in-capitals', 'foreign-user-by-email'],
  },
  {
    id: 'reference-with-quotes',
    title: 'a read key of another project looks by a reference id that breaks out of a text in SQL',
    key: 'other-project-read',
    request: 'by-reference-with-quotes',
    to: 'every read operation that needs something',
    // A firewall may answer it with a page or drop it. An object in the answer was found by no name.
    expect: 'no way in',
    catches: ['quotes-find-event', 'quotes-find-user'],
  },
  {
    id: 'id-in-list',
    title: 'a read key of another project looks by a list with the id of a user of this one',
    ...byNoText('{"id":["{user}"]}'),
    catches: ['foreign-id-in-list'],
  },
  {
    id: 'email-in-list',
    title: 'a read key of another project looks by a list with the e-mail address of a user of this one',
    ...byNoText('{"email":["{address}"]}'),
    // Another project may know the address as well: by an invitation, it has a user of its own.
    expect: 'shows nothing of the project',
    catches: ['foreign-email-in-list'],
  },
  {
    id: 'id-in-operator',
    title:
      'a read key of another project looks by an operator of a database with the id of a user of this one',
    ...byNoText('{"id":{"$in":["{user}"]}}'),
    catches: ['foreign-id-in-operator'],
  },
  {
    id: 'any-address',
    title: 'a read key of another project looks by an operator that every e-mail address fits ($ne)',
    ...byNoText('{"email":{"$ne":null}}'),
    // A server may find a user of the own project by it.
    expect: 'shows nothing of the project',
    catches: ['operator-finds-user'],
  },
  {
    id: 'head-by-id',
    title: 'HEAD with a write key of another project names ids of this one and made-up ids',
    key: 'other-project-write',
    request: 'by-id',
    method: 'HEAD',
    procedure: 'existence oracle',
    to: 'every read operation of one thing',
    expect: 'nothing of another project',
    catches: ['foreign-event-by-head', 'foreign-event-by-id', 'foreign-product-by-id', 'head-public'],
  },
];
