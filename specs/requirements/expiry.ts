import type { Family } from '../../harness/model.ts';
import { apiReference, authentication } from './sources.ts';

export const expiry: Family = {
  id: 'expiry',
  title: 'Keys do not expire by themselves',
  requirements: [
    {
      id: 'expiry/keys-carry-no-expiry',
      level: 'MUST',
      profile: 'lifecycle',
      sentence: 'A key for which no expiry was asked carries none.',
      source: authentication('Key Management'),
      advice: 'Leave the claim exp out of keys that were created without an expiry.',
      scenarios: [
        {
          id: 'supplied-keys',
          title: 'the claims of the supplied keys are read',
          procedure: 'supplied keys carry no expiry',
          to: 'one read operation',
          expect: 'accepted',
          catches: [],
        },
      ],
    },
    {
      id: 'expiry/keys-keep-working',
      level: 'MUST',
      profile: 'lifecycle',
      sentence: 'A key works until it is regenerated or revoked, however old it is.',
      source: authentication('Key Management'),
      advice: 'Derive no end of life from the time of issue; only revocation ends a key.',
      scenarios: [
        {
          id: 'long-lived-key',
          title: 'a key that was issued long ago',
          key: 'long-lived',
          needs: ['long-lived-key'],
          to: 'every operation',
          expect: 'accepted',
          catches: ['expires-after-30-days'],
        },
        {
          id: 'after-ten-years',
          title: 'a key after ten years by the clock of the target',
          prepare: 'key after ten years',
          needs: ['key-control', 'clock'],
          to: 'every operation',
          expect: 'accepted',
          catches: ['expires-under-the-clock'],
        },
      ],
    },
    {
      id: 'expiry/configured-expiry-honoured',
      level: 'MUST',
      profile: 'lifecycle',
      sentence: 'A key that was created with an expiry works before it and is rejected with 401 after it.',
      source: apiReference('Standard Errors'),
      advice: 'Check the claim exp of every key that has one, against the current time, at every request.',
      needs: ['key-control', 'expiring-keys'],
      scenarios: [
        {
          id: 'before',
          title: 'a key whose expiry is far ahead',
          prepare: 'key before its expiry',
          to: 'every operation',
          expect: 'accepted',
          catches: [],
        },
        {
          id: 'after',
          title: 'a key ten minutes after its expiry',
          prepare: 'key after its expiry',
          needs: ['clock'],
          to: 'every operation',
          expect: 'unauthorized',
          catches: ['expiry-ignored', 'version-public', 'expiry-leeway-of-a-day', 'unauthorized-redirects'],
        },
        {
          id: 'expiry-edited-away',
          title: 'an expired key whose claim exp is moved into the future',
          prepare: 'key after its expiry',
          forge: { payload: { set: { exp: 99_999_999_999 } } },
          needs: ['clock'],
          to: 'every operation',
          expect: 'unauthorized',
          catches: ['signature-ignored', 'bad-signature-forbidden'],
        },
      ],
    },
  ],
};
