import type { Family, Scenario } from '../../harness/model/index.ts';
import { apiReference, rfc } from './sources.ts';
import { watched } from './watched.ts';

type ClaimRow = readonly [
  id: string,
  title: string,
  credential: Pick<Scenario, 'key' | 'forge'>,
  caught: string,
];

/** One scenario a credential: what is claimed absent is tried with each of them all the same. */
function claimedAbsent(...rows: readonly ClaimRow[]): Scenario[] {
  return rows.map(([id, title, credential, caught]) => ({
    id,
    title,
    ...credential,
    procedure: 'what is claimed absent looks unknown',
    to: 'every operation that is claimed absent',
    atEveryDepth: true,
    expect: 'no such operation',
    catches: [caught],
  }));
}

export const contract: Family = {
  id: 'contract',
  title: 'Answers keep the documented form',
  requirements: [
    {
      id: 'contract/status-documented',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'Every status is one that the API reference documents for the operation.',
      source: apiReference('responses of each operation'),
      advice: 'Answer with the documented statuses, or supply the document that lists yours with --openapi.',
      observe: 'documented status',
      scenarios: watched(['created-as-200']),
    },
    {
      id: 'contract/body-matches-schema',
      level: 'MUST',
      profile: 'core',
      sentence: 'Every body is valid against the schema of its operation and status.',
      source: apiReference('responses of each operation'),
      advice: 'Compare the body with schemas/mufi.openapi.yaml; required members must be there.',
      explainedBy: ['contract/json-content-type'],
      observe: 'body matches schema',
      scenarios: watched([
        'success-without-id',
        'success-with-wrong-type',
        'invalid-body-without-errors',
        'unauthorized-as-html',
        'unauthorized-as-list',
        'forbidden-as-text',
        'data-in-401',
      ]),
    },
    {
      id: 'contract/json-content-type',
      level: 'MUST',
      profile: 'core',
      sentence: 'Every documented body is sent as application/json, errors included.',
      source: apiReference('responses of each operation'),
      advice: 'Set Content-Type: application/json on every answer, also where a proxy or framework answers.',
      observe: 'json content type',
      scenarios: watched(['success-as-text', 'unauthorized-as-html', 'forbidden-as-text']),
    },
    {
      id: 'contract/challenge-present',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'Every 401 carries a WWW-Authenticate challenge.',
      source: rfc(9110, '15.5.2 401 Unauthorized'),
      advice: 'Send WWW-Authenticate: Bearer with every 401.',
      observe: 'challenge present',
      scenarios: watched(['no-challenge']),
    },
    {
      id: 'contract/challenge-parses',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'Every challenge keeps the grammar and names the scheme Bearer.',
      source: rfc(9110, '11.6.1 WWW-Authenticate'),
      advice: 'Quote the realm, separate parameters by commas, and name each parameter once.',
      observe: 'challenge parses',
      scenarios: watched(['malformed-challenge', 'challenge-without-bearer']),
    },
    {
      id: 'contract/challenge-error-code',
      level: 'SHOULD',
      profile: 'core',
      sentence:
        'A challenge carries a known error code where a credential was presented, and none otherwise.',
      source: rfc(6750, '3.1 Error Codes'),
      advice: 'Add error="invalid_token" for a bad key, and no error where no key was sent.',
      observe: 'challenge error code',
      scenarios: watched([
        'challenge-with-unknown-code',
        'challenge-blames-nobody',
        'unauthorized-after-writing',
      ]),
    },
    {
      id: 'contract/no-redirect',
      level: 'MUST',
      profile: 'core',
      sentence: 'No answer is a redirect.',
      source: apiReference('Standard Errors'),
      advice: 'Keep login pages and trailing-slash redirects away from API paths.',
      observe: 'no redirect',
      scenarios: watched(['unauthorized-redirects']),
    },
    {
      id: 'contract/no-server-error',
      level: 'MUST',
      profile: 'core',
      sentence: 'No request makes the server fail.',
      source: apiReference('Standard Errors'),
      advice: 'Find the request in the server log by its request id and handle the error.',
      observe: 'no server error',
      scenarios: watched(['unknown-id-crashes']),
    },
    {
      id: 'contract/claimed-absent-is-absent',
      level: 'MUST',
      profile: 'core',
      sentence: 'An operation that is claimed absent answers like a path that does not exist.',
      source: apiReference('operations of the API'),
      advice:
        'Remove the route of the operation, or do not name it in --without and keep the contract on it.',
      scenarios: claimedAbsent(
        ['no-key', 'no key is sent to it', { key: 'none' }, 'claimed-absent-open'],
        ['read-key', 'the read key is sent to it', { key: 'read' }, 'claimed-absent-known-to-read-keys'],
        ['write-key', 'the write key is sent to it', {}, 'claimed-absent-known-to-write-keys'],
        [
          'forged-key',
          'the write key is sent to it with one bit of the signature flipped',
          { forge: { sign: { bytes: 'flip-first-bit' } } },
          'claimed-absent-open-to-forged-keys',
        ],
      ),
    },
    {
      id: 'contract/bad-keys-answered-alike',
      level: 'SHOULD',
      profile: 'core',
      sentence: 'Every kind of bad key gets the same answer.',
      source: rfc(6750, '3.1 Error Codes'),
      advice: 'Send one fixed 401 body for every reason; write the reason to the server log.',
      explainedBy: [
        'token/signature-verified',
        'token/signature-present',
        'regeneration/revoked-key-rejected',
      ],
      scenarios: [
        {
          id: 'compared',
          title: 'the answers to different bad keys are compared',
          procedure: 'bad keys are answered alike',
          to: 'every operation',
          expect: 'unauthorized',
          catches: [
            'restart-forgets-revocations',
            'unauthorized-tells-why',
            'bad-signature-forbidden',
            'revoked-key-accepted',
            'one-read-ignores-revocation',
            'signature-in-error-body',
            'signature-ignored',
            'verified-once',
            'one-write-ignores-revocation',
            'key-in-error-body',
            'encoded-key-in-error-body',
          ],
        },
      ],
    },
  ],
};
