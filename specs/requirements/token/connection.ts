import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row, rejected } from '../each.ts';
import { authentication } from '../sources.ts';

const rows: readonly Row[] = [
  {
    id: 'lower-case',
    title: 'the key, and then the key in lower case on the same connection',
    present: { headers: { Authorization: 'Bearer {key|lower}' } },
    catches: [
      'connection-ignores-case',
      'unauthorized-redirects',
      'version-public',
      'malformed-json-crashes',
    ],
  },
  {
    id: 'one-letter',
    title: 'the key, and then the key with one letter in the other case on the same connection',
    present: { headers: { Authorization: 'Bearer {key|other-case}' } },
    catches: [
      'connection-ignores-case',
      'signature-ignored',
      'verified-once',
      'bad-signature-forbidden',
      'unauthorized-redirects',
    ],
  },
];

/** What a connection carried before says nothing about the next key. */
export const connection: readonly Requirement[] = [
  {
    id: 'token/each-request-on-its-own',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key in another case is rejected with 401, even on a connection that carried the key before.',
    source: authentication('Using Your API Key'),
    advice: 'Verify the key of each request as it was sent; compare cached header fields case-sensitively.',
    explainedBy: ['token/three-segments', 'token/signature-verified'],
    scenarios: each({ ...rejected, procedure: 'the key goes before on the connection' }, rows),
  },
];
