import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row } from '../each.ts';
import { authentication } from '../sources.ts';

const management = authentication('Key Management');

/** What is done to a key and to others before it is tried. */
const sequences: readonly Row[] = [
  {
    id: 'first-of-three',
    title: 'the first key after two regenerations, one after the other',
    prepare: 'twice regenerated write key',
    catches: [
      'two-places-for-a-key',
      'only-last-key-remembered',
      'old-key-accepted',
      'old-key-has-grace',
      'old-key-lags',
      'regenerate-does-nothing',
      'version-public',
      'unauthorized-redirects',
    ],
  },
  {
    id: 'old-key-after-revocation',
    title: 'the old key of a regeneration after its new key was revoked as well',
    prepare: 'regenerated and revoked write key',
    catches: ['revocation-forgets-old-key', 'version-public', 'unauthorized-redirects'],
  },
  {
    id: 'revoked-new-key',
    title: 'the new key of a regeneration after it was revoked',
    prepare: 'revoked successor of a write key',
    catches: ['only-first-key-revocable', 'revoked-key-accepted', 'version-public', 'unauthorized-redirects'],
  },
  {
    id: 'another-made-since',
    title: 'a revoked write key after another one was made',
    prepare: 'revoked write key and a later one',
    catches: ['key-id-used-again', 'revoked-key-accepted', 'version-public', 'unauthorized-redirects'],
  },
];

/** Revoked keys stay revoked, and active ones active, whatever happens to others later. */
export const forGood: readonly Requirement[] = [
  {
    id: 'regeneration/dead-stays-dead',
    level: 'MUST',
    profile: 'lifecycle',
    sentence: 'A revoked key stays revoked, whatever is done to it and to other keys later.',
    source: management,
    advice:
      'Keep the state of every key for ever, and accept only what is known to be active; never use an id again.',
    explainedBy: [
      'regeneration/old-key-rejected-at-once',
      'regeneration/revocation-at-once',
      'regeneration/revoked-key-rejected',
    ],
    needs: ['key-control'],
    scenarios: [
      ...each({ to: 'one read and one write operation', expect: 'unauthorized' }, sequences),
      {
        id: 'after-many-more',
        title: 'every key of the run that died, after 64 more were made and revoked',
        procedure: 'revoked keys stay revoked',
        runs: 'last',
        to: 'one read and one write operation',
        expect: 'unauthorized',
        catches: [
          'dead-keys-forgotten',
          'revoked-key-accepted',
          'read-key-revocation-ignored',
          'restart-forgets-revocations',
          'version-public',
        ],
      },
    ],
  },
  {
    id: 'regeneration/many-keys-work',
    level: 'MUST',
    profile: 'lifecycle',
    sentence: 'All keys of a project that were made and not revoked work at the same time.',
    source: management,
    advice: 'Refuse to create a key beyond a limit; never end an old one to make room for it.',
    explainedBy: ['regeneration/created-key-works-at-once', 'regeneration/siblings-untouched'],
    needs: ['key-control', 'projects'],
    scenarios: [
      {
        id: 'twenty-five',
        title: 'all of 25 keys of one project after the last of them was made',
        procedure: 'many keys work at a time',
        to: 'one read and one write operation',
        expect: 'accepted',
        catches: ['create-ends-beyond-twenty', 'only-first-project'],
      },
    ],
  },
];
