import type { Requirement } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';

/** What one key may do says nothing of the next one. */
export const keptApart: readonly Requirement[] = [
  {
    id: 'permissions/keys-kept-apart',
    level: 'MUST',
    profile: 'core',
    sentence: 'Each request has the permission of its own key, whatever came before it.',
    source: authentication('Permission Levels'),
    advice: 'Store who calls with each request, and never share it between requests or connections.',
    explainedBy: ['permissions/read-key-does-not-write', 'permissions/write-key-has-full-access'],
    scenarios: [
      {
        id: 'twenty-on-one-connection',
        title: 'twenty keys of both permissions take turns on one connection',
        procedure: 'keys take turns on one connection',
        needs: ['key-control'],
        to: 'one read and one write operation',
        expect: 'forbidden',
        catches: ['crowded-connection-mixes-keys'],
      },
      {
        id: 'after-aborted-requests',
        title:
          'the write key and the read key in turn, after twenty requests with the write key were aborted',
        procedure: 'aborted requests leave nothing behind',
        runs: 'last',
        to: 'one write operation of each method',
        expect: 'forbidden',
        catches: ['aborted-caller-left-behind'],
      },
    ],
  },
];
