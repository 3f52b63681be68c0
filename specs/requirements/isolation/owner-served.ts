import type { Requirement } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';

/** What a refusal to another project changes for the owner: nothing. */
export const ownerServed: readonly Requirement[] = [
  {
    id: 'isolation/owner-keeps-access',
    level: 'MUST',
    profile: 'isolation',
    sentence: 'After a request with a key of another project is rejected, the owner still has access.',
    source: authentication('Getting Your API Key'),
    advice: 'Do not cache answers, or cache them by the project of the key as well.',
    explainedBy: ['isolation/nothing-foreign-by-name'],
    needs: ['other-project-keys'],
    scenarios: [
      {
        id: 'by-id',
        title: 'the write key looks by id right after a read key of another project did',
        key: 'other-project-read',
        request: 'by-id',
        procedure: 'the owner is served right after a refusal',
        to: 'every read operation that needs something',
        expect: 'accepted',
        catches: ['missing-kept', 'missing-kept-300-ms'],
      },
    ],
  },
];
