import type { Requirement } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';

/** A cookie that an answer sets is not a key. */
export const sessions: readonly Requirement[] = [
  {
    id: 'presentation/cookie-is-no-key',
    level: 'MUST',
    profile: 'core',
    sentence: 'A cookie that an answer sets does not replace the key.',
    source: authentication('Using Your API Key'),
    advice: 'Do not keep sessions on the API; decide by the Authorization header of each request alone.',
    explainedBy: ['presentation/authorization-header-only'],
    scenarios: [
      {
        id: 'cookie-alone',
        title: 'the cookie that an answer to the key sets is sent without a key',
        procedure: 'a cookie lets nobody in',
        to: 'every operation',
        expect: 'unauthorized',
        catches: ['session-lets-in'],
      },
      {
        id: 'cookie-with-dead-key',
        title: 'the cookie that an answer to the key sets is sent with a revoked key',
        key: 'revoked',
        needs: ['revoked-key'],
        procedure: 'a cookie lets nobody in',
        to: 'every operation',
        expect: 'unauthorized',
        catches: ['session-tried-next'],
      },
      {
        id: 'cookie-after-regeneration',
        title: 'the cookie that an answer to a key sets is sent after the key was regenerated',
        needs: ['key-control'],
        procedure: 'a cookie outlives no key',
        to: 'one read and one write operation',
        expect: 'unauthorized',
        catches: ['session-outlives-key', 'session-lets-in'],
      },
    ],
  },
];
