import type { Requirement } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';

const management = authentication('Key Management');

/** What a regeneration or revocation leaves as it is. */
export const untouched: readonly Requirement[] = [
  {
    id: 'regeneration/identity-kept',
    level: 'MUST',
    profile: 'lifecycle',
    sentence: 'A regeneration changes the key, but not its project or permission.',
    source: management,
    advice: 'Copy project and permission from the stored key, never from the request or a default.',
    explainedBy: ['permissions/read-key-does-not-write', 'permissions/read-key-reads'],
    needs: ['key-control'],
    scenarios: [
      {
        id: 'write-key',
        title: 'the answers about a write key before and after its regeneration are compared',
        prepare: 'regenerated write key',
        procedure: 'regeneration keeps identity',
        to: 'every operation',
        expect: 'accepted',
        catches: [
          'regenerate-changes-project',
          'regenerate-changes-permission',
          'regenerate-changes-id',
          'regenerate-does-nothing',
        ],
      },
      {
        id: 'read-key',
        title: 'the answers about a read key before and after its regeneration are compared',
        prepare: 'regenerated read key',
        procedure: 'regeneration keeps identity',
        to: 'every operation',
        expect: 'accepted',
        catches: [
          'regenerate-changes-project',
          'posts-need-write',
          'permission-ignored',
          'put-unchecked',
          'balances-need-write',
        ],
      },
    ],
  },
  {
    id: 'regeneration/siblings-untouched',
    level: 'MUST',
    profile: 'lifecycle',
    sentence: 'Creating, regenerating or revoking one key leaves all other keys alone.',
    source: management,
    advice:
      'Invalidate by key, never by project or permission; refuse to create a key beyond a limit instead of ending another.',
    explainedBy: ['regeneration/created-key-works-at-once'],
    needs: ['key-control'],
    scenarios: [
      {
        id: 'after-regeneration',
        title: 'a write key whose sibling was regenerated',
        prepare: 'sibling of a regenerated key',
        to: 'every operation',
        expect: 'accepted',
        catches: [
          'created-key-late',
          'regenerate-ends-siblings',
          'regenerate-ends-all-of-permission',
          'regenerate-read-ends-writers',
          'regenerate-ends-other-projects',
          'regenerate-changes-siblings',
        ],
      },
      {
        id: 'after-revocation',
        title: 'a write key whose sibling was revoked',
        prepare: 'sibling of a revoked key',
        to: 'every operation',
        expect: 'accepted',
        catches: ['revoke-ends-siblings', 'revoke-ends-all-of-permission'],
      },
      {
        id: 'after-creation',
        title: 'keys that were in use when others were created',
        procedure: 'creating a key leaves others alone',
        to: 'one read operation',
        expect: 'accepted',
        catches: ['create-ends-oldest'],
      },
    ],
  },
];
