import type { Scenario } from '../../../harness/model/index.ts';
import { each } from '../each.ts';

const bearer = { Authorization: 'Bearer {key}' };

/** Look-ups that name an own user and one of this project. A conformant server finds the own one, or none. */
export const lookedUpByTwoNames: readonly Scenario[] = each(
  {
    key: 'other-project-write',
    to: 'every read operation about a user',
    expect: 'nothing of another project',
  },
  [
    {
      id: 'own-id-beside-address',
      title:
        'a write key of another project names its own user by id and one of this project by e-mail address',
      request: 'foreign-email-beside-id',
      catches: ['address-beside-id-taken', 'foreign-user-by-email'],
    },
    {
      id: 'own-id-beside-reference',
      title:
        'a write key of another project names its own user by id and one of this project by reference id',
      request: 'foreign-reference-beside-id',
      catches: ['reference-beside-id-taken', 'foreign-user-by-reference'],
    },
    {
      id: 'id-in-capitals-beside',
      title: 'a write key of another project names its own user as id and one of this project as ID',
      request: 'foreign-beside-by-id',
      // Go and .NET match names in any case, and take the last one.
      present: { headers: bearer, twice: { at: 'last', members: { ID: '{user}' } } },
      expect: 'nothing unnamed of another project',
      catches: ['id-in-capitals-beside-taken'],
    },
  ],
);

/** Writes that name an own user or event, and by another name one of this project. The answer shows which was taken. */
export const writtenByTwoNames: readonly Scenario[] = each(
  {
    key: 'other-project-write',
    to: 'every write operation that offers the request',
    // Where an id of this project is named, an answer may repeat it.
    expect: 'nothing unnamed of another project',
  },
  [
    {
      id: 'user-id-beside-address',
      title:
        'a write key of another project registers its own user by id and one of this project by e-mail address',
      request: 'foreign-email-beside-id',
      expect: 'nothing of another project',
      catches: ['registered-by-address-beside-id', 'foreign-written-by-email', 'foreign-user-registered'],
    },
    {
      id: 'user-id-beside-reference',
      title:
        'a write key of another project registers its own user by id and one of this project by reference id',
      request: 'foreign-reference-beside-id',
      expect: 'nothing of another project',
      catches: [
        'registered-by-reference-beside-id',
        'foreign-written-by-reference',
        'foreign-user-registered',
      ],
    },
    {
      id: 'address-beside-user-id',
      title:
        'a write key of another project registers its own user by e-mail address and one of this project by id',
      request: 'foreign-id-beside-email',
      catches: ['registered-by-id-beside-address'],
    },
    {
      id: 'recipient-id-beside-address',
      title:
        'a write key of another project transfers its own item to an own user by id and one of this by e-mail address',
      request: 'foreign-recipient-email-beside-id',
      expect: 'nothing of another project',
      // A fault that gives the item away in another scenario leaves none for this one.
      catches: ['transferred-by-address-beside-id'],
    },
    {
      id: 'recipient-address-beside-id',
      title:
        'a write key of another project transfers its own item to an own user by e-mail address and one of this by id',
      request: 'foreign-recipient-id-beside-email',
      catches: ['transferred-by-id-beside-address'],
    },
    {
      id: 'ids-in-capitals-beside',
      title:
        'a write key of another project names an own event and user, and those of this project by names in capitals',
      request: 'foreign-beside-by-id',
      to: 'every repeatable write about an event',
      present: {
        headers: bearer,
        twice: { at: 'last', members: { ID: '{thing}', EVENT_ID: '{event}', USER_ID: '{user}' } },
      },
      catches: ['changed-by-id-in-capitals'],
    },
    {
      id: 'users-of-two-projects',
      title: 'a write key of another project issues items to a list of an own user and one of this project',
      request: 'foreign-among-users',
      catches: ['only-first-user-checked', 'foreign-user-issued'],
    },
    {
      id: 'addresses-of-two-projects',
      title:
        'a write key of another project issues items to a list of the addresses of an own user and one of this project',
      request: 'foreign-among-emails',
      expect: 'nothing of another project',
      catches: ['only-first-address-checked', 'foreign-written-by-email', 'foreign-user-issued'],
    },
    {
      id: 'address-beside-users',
      title:
        'a write key of another project issues items to an own user by id and one of this project by e-mail address',
      request: 'foreign-email-after-users',
      expect: 'nothing of another project',
      catches: ['addresses-beside-users-unchecked', 'foreign-written-by-email', 'foreign-user-issued'],
    },
  ],
);

/** Writes of which only the owner sees what they changed. */
export const traced: readonly Scenario[] = [
  ...each(
    {
      key: 'other-project-write',
      procedure: 'two names leave no trace',
      to: 'every write operation that offers the request',
      expect: 'nothing of another project',
    },
    [
      {
        id: 'name-beside-own-id',
        title:
          'a write key of another project names its own thing by id and one of this project by address or reference',
        request: 'traced-name-beside-id',
        catches: ['changed-by-name-beside-id'],
      },
      {
        id: 'id-beside-own-name',
        title:
          'a write key of another project names its own thing by address or reference and one of this project by id',
        request: 'traced-id-beside-name',
        catches: ['changed-by-id-beside-name', 'foreign-event-updated', 'user-taken-over-by-id-on-creation'],
      },
    ],
  ),
  ...each(
    {
      key: 'other-project-write',
      request: 'traced-foreign',
      procedure: 'refused writes leave no trace',
      to: 'every read operation of one thing',
      expect: 'nothing of another project',
    },
    [
      {
        id: 'delete-a-thing',
        title: 'a write key of another project deletes what was made for it, and the owner looks for it',
        method: 'DELETE',
        atEveryDepth: true,
        catches: ['write-key-deletes-anything'],
      },
      {
        id: 'patch-a-thing',
        title:
          'a write key of another project sends PATCH on what was made for it, and the owner looks for it',
        method: 'PATCH',
        catches: ['patch-changes-anything'],
      },
      {
        id: 'put-a-thing',
        title: 'a write key of another project sends PUT on what was made for it, and the owner looks for it',
        method: 'PUT',
        catches: ['put-changes-anything'],
      },
    ],
  ),
];
