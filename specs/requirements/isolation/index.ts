import type { Family } from '../../../harness/model/index.ts';
import { each, type Row } from '../each.ts';
import { authentication } from '../sources.ts';
import { belonging } from './belonging.ts';
import { beside } from './beside.ts';
import { framed } from './framed.ts';
import { items } from './items.ts';
import { namedOtherwise } from './named-otherwise.ts';
import { ownerServed } from './owner-served.ts';
import { repeated } from './repeated.ts';
import { spelledOtherwise } from './spelled-otherwise.ts';
import { lookedUpByTwoNames, traced, writtenByTwoNames } from './two-names.ts';

const projects = authentication('Getting Your API Key');
/** What a target may remember of the owner's request, by how that names things. */
const remembered = {
  'by-email': ['answers-kept-by-body', 'answers-kept-by-body-300-ms'],
  'by-id': [
    'answers-kept-by-url',
    'answers-kept-by-url-300-ms',
    'answer-shared-by-url',
    'verdict-shared-by-request',
    'verdict-shared-by-key-header',
  ],
  'by-reference': ['answers-kept-by-url', 'answers-kept-by-url-300-ms', 'answer-shared-by-url'],
} as const;

/** Look-ups, by how they name things. */
const lookUps = [
  {
    id: 'by-email',
    request: 'valid',
    how: 'by e-mail address, or by id where there is none',
    expect: 'nothing of another project',
    catches: ['foreign-user-by-email'],
  },
  {
    id: 'by-id',
    request: 'by-id',
    how: 'by id',
    expect: 'not found',
    catches: [
      'foreign-user-by-id',
      'foreign-event-by-id',
      'foreign-product-by-id',
      'foreign-data-in-404',
      'unknown-id-crashes',
    ],
  },
  {
    id: 'by-reference',
    request: 'by-reference',
    how: 'by reference id',
    expect: 'nothing of another project',
    catches: ['foreign-user-by-reference', 'foreign-event-by-reference'],
  },
] as const;

/** Faults that show the list of one project to another. */
const sharedLists = [
  'unfiltered-users-listed',
  'foreign-users-listed',
  'foreign-events-listed',
  'answers-kept-by-url',
  'answers-kept-by-url-300-ms',
  'answers-kept-by-body',
  'answers-kept-by-body-300-ms',
];

export const isolation: Family = {
  id: 'isolation',
  title: 'A project is closed to the keys of other projects',
  requirements: [
    {
      id: 'isolation/own-project-accessible',
      level: 'MUST',
      profile: 'isolation',
      sentence: 'The keys of the second project work in their own project.',
      source: projects,
      advice:
        'Supply a working read key and write key of a second project; the other isolation checks depend on them.',
      explainedBy: ['permissions/read-key-reads'],
      needs: ['other-project-keys'],
      scenarios: [
        {
          id: 'write-key',
          title: 'the write key of the other project lists its own users',
          key: 'other-project-write',
          to: 'operations that show access',
          expect: 'accepted, 401 undecided',
          catches: ['first-keys-only-in-first-project', 'only-first-project'],
        },
        {
          id: 'read-key',
          title: 'the read key of the other project lists its own users',
          key: 'other-project-read',
          to: 'operations that show access',
          expect: 'accepted, 401 undecided',
          catches: ['posts-need-write'],
        },
      ],
    },
    {
      id: 'isolation/nothing-foreign-by-name',
      level: 'MUST',
      profile: 'isolation',
      sentence: 'A key finds nothing of another project by id, reference id or e-mail address.',
      source: projects,
      advice:
        'Add the project of the key to every look-up; treat the things of other projects as not existing.',
      needs: ['other-project-keys'],
      scenarios: [
        ...lookUps.flatMap(({ id, request, how, expect, catches }) =>
          (['read', 'write'] as const).map((permission) => ({
            id: `${id}-${permission}-key`,
            title: `the ${permission} key of another project looks ${how}`,
            key: `other-project-${permission}` as const,
            request,
            // Half of them find whatever is kept of what the owner read a moment before.
            ...(permission === 'read' ? { after: 'the owner' as const } : {}),
            ...(permission === 'read' && id === 'by-id' ? { atEveryDepth: true as const } : {}),
            to: 'every read operation that needs something' as const,
            expect,
            catches: [...catches, ...(permission === 'read' ? remembered[id] : [])],
          })),
        ),
        {
          id: 'own-address-beside',
          title:
            'a write key of another project names its own user by e-mail address and one of this project by id',
          key: 'other-project-write',
          request: 'foreign-beside',
          to: 'every read operation about a user',
          present: { headers: { Authorization: 'Bearer {key}' }, members: { id: '{user}' } },
          expect: 'nothing of another project',
          catches: ['id-beside-address-taken'],
        },
        ...lookedUpByTwoNames,
        ...spelledOtherwise,
      ],
    },
    {
      id: 'isolation/nothing-foreign-in-lists',
      level: 'MUST',
      profile: 'isolation',
      sentence: 'Lists contain nothing of another project.',
      source: projects,
      advice: 'Filter every list by the project of the key, including counts and pages.',
      needs: ['other-project-keys'],
      scenarios: each({ to: 'every list', expect: 'nothing of another project' }, [
        ...(['read', 'write'] as const).map(
          (permission): Row => ({
            id: `${permission}-key`,
            title: `the ${permission} key of another project reads lists to their end`,
            key: `other-project-${permission}`,
            ...(permission === 'read' ? { atEveryDepth: true } : {}),
            procedure: 'lists hold only own objects',
            catches: sharedLists,
          }),
        ),
        {
          id: 'in-turn',
          title: 'two projects ask for the same list in turn, and then at the same time',
          key: 'other-project-write',
          procedure: 'lists belong to who asks',
          catches: ['lists-in-demand-shared', ...sharedLists],
        },
      ]),
    },
    {
      id: 'isolation/nothing-foreign-changes',
      level: 'MUST',
      profile: 'isolation',
      sentence: 'A write key changes nothing of another project by naming its ids.',
      source: projects,
      advice: 'Check that every id in path and body belongs to the project of the key before writing.',
      needs: ['other-project-keys'],
      scenarios: [
        {
          id: 'by-id',
          title: 'a write key of another project names the ids of this one',
          key: 'other-project-write',
          request: 'by-id',
          after: 'the owner',
          to: 'every write operation that needs something',
          expect: 'not found',
          catches: [
            'verdict-shared-by-request',
            'verdict-shared-by-key-header',
            'foreign-user-activated',
            'foreign-event-updated',
            'foreign-event-in-product',
            'foreign-item-redeemed',
            'foreign-item-transferred',
            'unknown-id-crashes',
          ],
        },
        {
          id: 'by-email-or-reference',
          title: 'a write key of another project names e-mail addresses and references of this one',
          key: 'other-project-write',
          to: 'every write operation that needs something',
          expect: 'nothing of another project',
          catches: ['foreign-event-updated', 'foreign-event-in-product'],
        },
        repeated,
        ...namedOtherwise,
        ...beside,
        ...framed,
        {
          id: 'foreign-event-among-own',
          title: 'a write key of another project registers its own user for an event of this one',
          key: 'other-project-write',
          request: 'foreign-event',
          to: 'every write operation that offers the request',
          expect: 'not found',
          catches: ['foreign-event-registered'],
        },
        {
          id: 'foreign-user-among-own',
          title: 'a write key of another project gives its own event or item to a user of this one',
          key: 'other-project-write',
          request: 'foreign-user',
          to: 'every write operation that offers the request',
          expect: 'not found',
          catches: ['foreign-user-registered', 'foreign-user-issued'],
        },
        {
          id: 'foreign-product-among-own',
          title: 'a write key of another project issues an item of this one to its own user',
          key: 'other-project-write',
          request: 'foreign-product',
          to: 'every write operation that offers the request',
          expect: 'not found',
          catches: ['foreign-product-issued'],
        },
        ...items,
        ...writtenByTwoNames,
      ],
    },
    ...belonging,
    ...ownerServed,
    {
      id: 'isolation/foreign-writes-leave-no-trace',
      level: 'MUST',
      profile: 'isolation',
      sentence: 'After a write with a key of another project the owner finds everything unchanged.',
      source: projects,
      advice: 'Limit the write itself to the project, not only the answer.',
      explainedBy: ['isolation/nothing-foreign-changes'],
      needs: ['other-project-keys'],
      scenarios: [
        {
          id: 'write-key',
          title: 'a write key of another project writes and the owner looks for it',
          key: 'other-project-write',
          request: 'traced-foreign',
          procedure: 'refused writes leave no trace',
          to: 'every write that is traceable across projects',
          expect: 'nothing of another project',
          catches: ['foreign-event-updated', 'foreign-item-redeemed', 'foreign-item-transferred'],
        },
        ...traced,
      ],
    },
    {
      id: 'isolation/other-environment-rejected',
      guards: 'key of another environment',
      level: 'MUST',
      profile: 'isolation',
      sentence: 'A key of another environment is rejected with 401.',
      source: authentication('Key Management'),
      advice: 'Use separate signing keys for each environment, and check the environment of a key.',
      needs: ['other-environment-key'],
      scenarios: [
        {
          id: 'every-operation',
          title: 'the key of another environment',
          key: 'other-environment',
          to: 'every operation',
          expect: 'unauthorized',
          catches: ['other-environment-accepted', 'version-public', 'unauthorized-redirects'],
        },
      ],
    },
  ],
};
