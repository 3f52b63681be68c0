import type { Requirement } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';

const rows: readonly (readonly [id: string, value: string, title: string, ...catches: string[]])[] = [
  [
    'lower-case',
    'Bearer {key|lower}',
    'the key, and then the key in lower case on the same connection',
    'unauthorized-redirects',
    'version-public',
    'malformed-json-crashes',
  ],
  [
    'one-letter',
    'Bearer {key|other-case}',
    'the key, and then the key with one letter in the other case on the same connection',
    'signature-ignored',
    'verified-once',
    'bad-signature-forbidden',
    'unauthorized-redirects',
  ],
];

/** What a connection carried before says nothing about the next key. */
export const connection: readonly Requirement[] = [
  {
    id: 'token/each-request-on-its-own',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key in another case is rejected with 401, also on a connection that carried the key.',
    source: authentication('Using Your API Key'),
    advice:
      'Verify the key of each request as it was sent; compare cached header fields with regard to case.',
    explainedBy: ['token/three-segments', 'token/signature-verified'],
    scenarios: rows.map(([id, value, title, ...catches]) => ({
      id,
      title,
      present: { headers: { Authorization: value } },
      procedure: 'the key goes before on the connection',
      to: 'every operation',
      expect: 'unauthorized',
      catches: ['connection-ignores-case', ...catches],
    })),
  },
];
