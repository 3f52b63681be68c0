import type { Requirement, Scenario } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';
import { keyRemembered, oldKeyLives, oneOperationUnasked } from './surviving.ts';

const management = authentication('Key Management');

/** A task in the background that ends a key has often run when any other scenario uses the key. */
export const revokedAtTheAnswer: Scenario = {
  id: 'at-the-answer',
  title: 'a write key is used at once when the answer to its revocation arrives',
  procedure: 'a revoked key is used at the answer',
  to: 'one read operation',
  expect: 'unauthorized',
  catches: ['revocation-follows-answer', ...keyRemembered, 'revoked-key-accepted'],
};

/** What only shows with warm caches, at the same time, or under load. */
export const underLoad: readonly Requirement[] = [
  {
    id: 'regeneration/caches-forget-at-once',
    level: 'MUST',
    profile: 'lifecycle',
    sentence:
      'A key that was used a moment ago also stops working at once, on every operation and connection.',
    source: management,
    advice: 'Do not cache the verdict on a key beyond the request, or drop it everywhere before you answer.',
    explainedBy: ['regeneration/old-key-rejected-at-once', 'regeneration/revocation-at-once'],
    needs: ['key-control'],
    scenarios: [
      {
        id: 'warmed-then-regenerated',
        title: 'a write key that was used 20 times on every operation and then regenerated',
        prepare: 'warmed and regenerated write key',
        to: 'every operation',
        expect: 'unauthorized',
        catches: [...keyRemembered, ...oneOperationUnasked, ...oldKeyLives, 'unauthorized-redirects'],
      },
      {
        id: 'warmed-then-revoked',
        title: 'a write key that was used 20 times on every operation and then revoked',
        prepare: 'warmed and revoked write key',
        to: 'every operation',
        expect: 'unauthorized',
        catches: [...keyRemembered, 'revoked-key-accepted'],
      },
      // The cache entry is new then, so this detects caches that live for a shorter time.
      {
        id: 'used-then-regenerated',
        title: 'a write key that was used once on every operation and then regenerated',
        prepare: 'used and regenerated write key',
        to: 'every operation',
        expect: 'unauthorized',
        catches: [...keyRemembered, ...oneOperationUnasked, ...oldKeyLives, 'unauthorized-redirects'],
      },
      {
        id: 'used-then-revoked',
        title: 'a write key that was used once on every operation and then revoked',
        prepare: 'used and revoked write key',
        to: 'every operation',
        expect: 'unauthorized',
        catches: [...keyRemembered, 'revoked-key-accepted'],
      },
      {
        id: 'used-read-key-then-regenerated',
        title: 'a read key that was used once on every read operation and then regenerated',
        prepare: 'used and regenerated read key',
        to: 'every read operation',
        expect: 'unauthorized',
        catches: ['read-verdict-cached-500-ms', ...keyRemembered, ...oldKeyLives],
      },
      {
        id: 'regenerated-on-every-replica',
        title: 'a write key that was used on every replica and then regenerated, on every replica',
        prepare: 'used and regenerated write key',
        on: 'every replica',
        needs: ['replicas'],
        to: 'every operation',
        expect: 'unauthorized',
        catches: [
          'replica-remembers-good-keys',
          'replica-remembers-good-keys-500-ms',
          'replica-lags',
          'replica-keeps-old-key',
        ],
      },
      {
        id: 'revoked-on-every-replica',
        title: 'a write key that was used on every replica and then revoked, on every replica',
        prepare: 'used and revoked write key',
        on: 'every replica',
        needs: ['replicas'],
        to: 'every operation',
        expect: 'unauthorized',
        catches: [
          'replica-remembers-good-keys',
          'replica-remembers-good-keys-500-ms',
          'replica-misses-revocation',
        ],
      },
    ],
  },
  {
    id: 'regeneration/linearizable',
    level: 'MUST',
    profile: 'lifecycle',
    sentence: 'The old key is not accepted in any request that begins after the answer to the regeneration.',
    source: management,
    advice:
      'Invalidate the old key before you answer; an instance that cannot be informed must not accept keys.',
    explainedBy: ['regeneration/old-key-rejected-at-once', 'regeneration/caches-forget-at-once'],
    needs: ['key-control'],
    scenarios: [
      {
        id: 'under-load',
        title: 'a write key is used over six connections, and over two, while it is regenerated',
        procedure: 'regeneration is linearizable',
        to: 'one read operation',
        expect: 'unauthorized',
        catches: ['verdict-cached-50-ms', ...keyRemembered, 'version-public', ...oldKeyLives],
      },
      // Under load the answer that ends the measurement is read late: a task in the background has run by then.
      {
        id: 'at-the-answer',
        title: 'a write key is used at once when the answer to its regeneration arrives',
        procedure: 'an old key is used at the answer',
        to: 'one read operation',
        expect: 'unauthorized',
        catches: ['regeneration-follows-answer', ...keyRemembered, ...oldKeyLives],
      },
    ],
  },
  {
    id: 'regeneration/one-key-survives',
    level: 'MUST',
    profile: 'lifecycle',
    sentence: 'Two simultaneous regenerations of a key leave exactly one active key.',
    source: management,
    advice: 'Let the store decide: replace the identity of the key with compare-and-set.',
    explainedBy: ['regeneration/old-key-rejected-at-once', 'regeneration/new-key-works-at-once'],
    needs: ['key-control'],
    scenarios: [
      {
        id: 'at-the-same-time',
        title: 'a write key is regenerated twice at the same time',
        procedure: 'two regenerations leave one active key',
        to: 'one read operation',
        expect: 'accepted',
        catches: [
          'racing-regenerations-both-live',
          'only-last-key-remembered',
          'version-public',
          ...oldKeyLives,
          'new-key-late',
          'regenerate-changes-id',
        ],
      },
    ],
  },
];
