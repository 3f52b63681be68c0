import type { Requirement } from '../../../harness/model/index.ts';
import { authentication, rfc } from '../sources.ts';

const malformed: readonly (readonly [string, string, string, ...catches: string[]])[] = [
  [
    'two-keys-comma',
    'Bearer {key}, Bearer {second}',
    'two credentials joined by a comma',
    'comma-list-accepted',
    'unauthorized-redirects',
  ],
  ['two-keys-space', 'Bearer {key} {second}', 'two keys separated by a space', 'trailing-garbage-ignored'],
  ['doubled-scheme', 'Bearer Bearer {key}', 'the scheme stands twice', 'version-public'],
  ['double-quotes', 'Bearer "{key}"', 'the key stands in double quotes', 'quotes-stripped'],
  ['single-quotes', "Bearer '{key}'", 'the key stands in single quotes', 'quotes-stripped'],
  ['angle-brackets', 'Bearer <{key}>', 'the key stands in angle brackets', 'quotes-stripped'],
  ['trailing-comma', 'Bearer {key},', 'a comma follows the key', 'comma-list-accepted'],
  ['trailing-semicolon', 'Bearer {key};', 'a semicolon follows the key', 'trailing-garbage-ignored'],
  ['trailing-word', 'Bearer {key} x', 'a word follows the key', 'trailing-garbage-ignored'],
  [
    'trailing-null',
    'Bearer {key}%00',
    'a percent-encoded zero byte follows the key',
    'trailing-garbage-ignored',
  ],
  [
    'percent-encoded-dots',
    'Bearer {key|percent-dots}',
    'the dots of the key are percent-encoded',
    'percent-decoded',
  ],
  ['percent-encoded', 'Bearer {key|percent-all}', 'the key is percent-encoded', 'percent-decoded'],
  ['base64', 'Bearer {key|base64}', 'the key is encoded in base64 once more', 'bad-signature-forbidden'],
  ['no-separator', 'Bearer{key}', 'nothing separates the scheme from the key', 'separator-optional'],
  ['colon', 'Bearer: {key}', 'a colon follows the scheme', 'version-public'],
  ['equals', 'Bearer={key}', 'an equals sign follows the scheme', 'version-public'],
  ['tab', 'Bearer\t{key}', 'a tab separates the scheme from the key', 'separator-any-whitespace'],
  [
    'no-break-space',
    'Bearer\u00a0{key}',
    'a no-break space separates the scheme from the key',
    'separator-any-whitespace',
  ],
  [
    'zero-width-space',
    'Bearer \u00e2\u0080\u008b{key}',
    'a zero-width space precedes the key',
    'version-public',
  ],
  ['parameter', 'Bearer token="{key}"', 'the key is a parameter of the credential', 'version-public'],
];

const names: readonly (readonly [string, string, string, ...catches: string[]])[] = [
  ['lower-case-name', 'authorization', 'the header is called authorization', 'header-name-wants-capital'],
  ['upper-case-name', 'AUTHORIZATION', 'the header is called AUTHORIZATION', 'header-name-case-sensitive'],
];

const schemes: readonly (readonly [string, string, string, ...catches: string[]])[] = [
  ['lower-case-scheme', 'bearer {key}', 'the scheme is spelled bearer', 'scheme-case-sensitive'],
  ['upper-case-scheme', 'BEARER {key}', 'the scheme is spelled BEARER', 'scheme-case-sensitive'],
  ['mixed-case-scheme', 'bEaReR {key}', 'the scheme is spelled bEaReR', 'scheme-case-sensitive'],
];

/** Splitting the value at white space of any kind reads these; the key in it is valid, so that nobody gets in by it. */
const lenient = ['tab', 'no-break-space'];

/** How the credential is spelled inside the header. */
export const spelling: readonly Requirement[] = [
  {
    id: 'presentation/malformed-credentials-rejected',
    level: 'MUST',
    profile: 'core',
    sentence: 'An Authorization value that is not "Bearer", spaces and one bare key is rejected with 401.',
    source: authentication('Using Your API Key'),
    advice: 'Match the whole value against the grammar of RFC 9110 section 11.4; strip and repair nothing.',
    scenarios: malformed.map(([id, value, title, ...catches]) => ({
      id,
      title,
      present: { headers: { Authorization: value } },
      to: 'every operation',
      expect: lenient.includes(id) ? 'unauthorized, leniency tolerated' : 'unauthorized, 400 tolerated',
      catches,
    })),
  },
  {
    id: 'presentation/case-of-names-ignored',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'The header name and the scheme are accepted in any case.',
    source: rfc(9110, '11.1 Authentication Scheme'),
    advice: 'Compare the header name and the scheme without regard to case.',
    scenarios: [
      ...names.map(([id, name, title, ...catches]) => ({
        id,
        title,
        present: { headers: { [name]: 'Bearer {key}' } },
        to: 'every operation' as const,
        expect: 'accepted' as const,
        catches,
      })),
      ...schemes.map(([id, value, title, ...catches]) => ({
        id,
        title,
        present: { headers: { Authorization: value } },
        to: 'every operation' as const,
        expect: 'accepted' as const,
        catches,
      })),
    ],
  },
  {
    id: 'presentation/several-spaces-accepted',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'Any number of spaces may stand between the scheme and the key.',
    source: rfc(9110, '11.4 Credentials'),
    advice: 'Allow one or more spaces after the scheme.',
    scenarios: [
      {
        id: 'two-spaces',
        title: 'two spaces separate the scheme from the key',
        present: { headers: { Authorization: 'Bearer  {key}' } },
        to: 'every operation',
        expect: 'accepted',
        catches: ['extra-spaces-refused'],
      },
    ],
  },
];
