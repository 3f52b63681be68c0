import type { Requirement } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';

/** Names under which frameworks look for a session, each with a value that the client made up. */
const chosen = [
  'PHPSESSID=4f9a1c7e2b8d3605a9e1f47c',
  'JSESSIONID=4F9A1C7E2B8D3605A9E1F47C8B2D6E01',
  'connect.sid=4f9a1c7e-2b8d-4360-85a9-e1f47c8b2d6e',
  'sessionid=4f9a1c7e2b8d3605a9e1f47c8b2d6e01',
  'laravel_session=4f9a1c7e2b8d3605a9e1f47c8b2d6e014f9a1c7e',
].join('; ');

/** A cookie is no key, whoever chose it. */
export const sessions: readonly Requirement[] = [
  {
    id: 'presentation/cookie-is-no-key',
    level: 'MUST',
    profile: 'core',
    sentence: 'A cookie does not replace the key, whether an answer set it or the client chose it.',
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
      {
        id: 'chosen-cookies-of-the-owner',
        title: 'no key, right after the same request with the write key and the same made-up session cookies',
        key: 'none',
        after: 'the owner',
        present: { headers: { Cookie: chosen } },
        to: 'every GET operation',
        expect: 'unauthorized',
        catches: ['session-of-client-lets-in'],
      },
      {
        id: 'chosen-cookies-with-dead-key',
        title:
          'a revoked key, right after the same request with the write key and the same made-up session cookies',
        key: 'revoked',
        needs: ['revoked-key'],
        after: 'the owner',
        present: { headers: { Authorization: 'Bearer {key}', Cookie: chosen } },
        to: 'every GET operation',
        expect: 'unauthorized',
        catches: ['session-of-client-tried-next'],
      },
    ],
  },
];
