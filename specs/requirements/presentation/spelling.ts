import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row } from '../each.ts';
import { authentication, rfc } from '../sources.ts';
import { anchoring } from './anchoring.ts';

const malformed: readonly Row[] = [
  {
    id: 'two-keys-comma',
    title: 'two credentials joined by a comma',
    present: { headers: { Authorization: 'Bearer {key}, Bearer {second}' } },
    catches: ['comma-list-accepted', 'unauthorized-redirects'],
  },
  {
    id: 'two-keys-space',
    title: 'two keys separated by a space',
    present: { headers: { Authorization: 'Bearer {key} {second}' } },
    catches: ['trailing-garbage-ignored', 'last-word-is-key'],
  },
  {
    id: 'doubled-scheme',
    title: 'the scheme is repeated',
    present: { headers: { Authorization: 'Bearer Bearer {key}' } },
    catches: ['last-word-is-key', 'version-public'],
  },
  {
    id: 'double-quotes',
    title: 'the key is in double quotes',
    present: { headers: { Authorization: 'Bearer "{key}"' } },
    catches: ['quotes-stripped'],
  },
  {
    id: 'single-quotes',
    title: 'the key is in single quotes',
    present: { headers: { Authorization: "Bearer '{key}'" } },
    catches: ['quotes-stripped'],
  },
  {
    id: 'angle-brackets',
    title: 'the key is in angle brackets',
    present: { headers: { Authorization: 'Bearer <{key}>' } },
    catches: ['quotes-stripped'],
  },
  {
    id: 'trailing-comma',
    title: 'a comma follows the key',
    present: { headers: { Authorization: 'Bearer {key},' } },
    // Decoders of Python and Ruby leave out what is not base64; the key in it is valid, so that nobody gets in by it.
    expect: 'unauthorized, leniency tolerated',
    catches: ['comma-list-accepted'],
  },
  {
    id: 'trailing-semicolon',
    title: 'a semicolon follows the key',
    present: { headers: { Authorization: 'Bearer {key};' } },
    // Decoders of Python and Ruby leave out what is not base64; the key in it is valid, so that nobody gets in by it.
    expect: 'unauthorized, leniency tolerated',
    catches: ['trailing-garbage-ignored'],
  },
  {
    id: 'trailing-word',
    title: 'a word follows the key',
    present: { headers: { Authorization: 'Bearer {key} x' } },
    catches: ['trailing-garbage-ignored'],
  },
  {
    id: 'trailing-null',
    title: 'a percent-encoded zero byte follows the key',
    present: { headers: { Authorization: 'Bearer {key}%00' } },
    catches: ['trailing-garbage-ignored'],
  },
  {
    id: 'percent-encoded-dots',
    title: 'the dots of the key are percent-encoded',
    present: { headers: { Authorization: 'Bearer {key|percent-dots}' } },
    catches: ['percent-decoded'],
  },
  {
    id: 'percent-encoded',
    title: 'the key is percent-encoded',
    present: { headers: { Authorization: 'Bearer {key|percent-all}' } },
    catches: ['percent-decoded'],
  },
  {
    id: 'base64',
    title: 'the key is encoded in base64 once more',
    present: { headers: { Authorization: 'Bearer {key|base64}' } },
    catches: ['base64-decoded', 'bad-signature-forbidden'],
  },
  {
    id: 'no-separator',
    title: 'nothing separates the scheme from the key',
    present: { headers: { Authorization: 'Bearer{key}' } },
    catches: ['separator-optional'],
  },
  {
    id: 'colon',
    title: 'a colon follows the scheme',
    present: { headers: { Authorization: 'Bearer: {key}' } },
    catches: ['separator-is-sign', 'version-public'],
  },
  {
    id: 'equals',
    title: 'an equals sign follows the scheme',
    present: { headers: { Authorization: 'Bearer={key}' } },
    catches: ['separator-is-sign', 'version-public'],
  },
  {
    id: 'tab',
    title: 'a tab separates the scheme from the key',
    present: { headers: { Authorization: 'Bearer\t{key}' } },
    // Splitting the value at white space of any kind reads it; the key in it is valid, so that nobody gets in by it.
    expect: 'unauthorized, leniency tolerated',
    catches: ['separator-any-whitespace'],
  },
  {
    id: 'no-break-space',
    title: 'a no-break space separates the scheme from the key',
    present: { headers: { Authorization: 'Bearer\u00a0{key}' } },
    // Splitting the value at white space of any kind reads it; the key in it is valid, so that nobody gets in by it.
    expect: 'unauthorized, leniency tolerated',
    catches: ['separator-any-whitespace'],
  },
  {
    id: 'zero-width-space',
    title: 'a zero-width space precedes the key',
    present: { headers: { Authorization: 'Bearer \u00e2\u0080\u008b{key}' } },
    catches: ['zero-width-stripped', 'version-public'],
  },
  {
    id: 'parameter',
    title: 'the key is a parameter of the credential',
    present: { headers: { Authorization: 'Bearer token="{key}"' } },
    catches: ['parameter-read', 'version-public'],
  },
];

const names: readonly Row[] = [
  {
    id: 'lower-case-name',
    title: 'the header is called authorization',
    present: { headers: { authorization: 'Bearer {key}' } },
    catches: ['header-name-wants-capital'],
  },
  {
    id: 'upper-case-name',
    title: 'the header is called AUTHORIZATION',
    present: { headers: { AUTHORIZATION: 'Bearer {key}' } },
    catches: ['header-name-case-sensitive'],
  },
];

const schemes: readonly Row[] = [
  {
    id: 'lower-case-scheme',
    title: 'the scheme is spelled bearer',
    present: { headers: { Authorization: 'bearer {key}' } },
    catches: ['scheme-case-sensitive'],
  },
  {
    id: 'upper-case-scheme',
    title: 'the scheme is spelled BEARER',
    present: { headers: { Authorization: 'BEARER {key}' } },
    catches: ['scheme-case-sensitive'],
  },
  {
    id: 'mixed-case-scheme',
    title: 'the scheme is spelled bEaReR',
    present: { headers: { Authorization: 'bEaReR {key}' } },
    catches: ['scheme-case-sensitive'],
  },
];

/** How the credential is spelled inside the header. */
export const spelling: readonly Requirement[] = [
  {
    id: 'presentation/malformed-credentials-rejected',
    level: 'MUST',
    profile: 'core',
    sentence: 'An Authorization value that is not "Bearer", spaces and one key is rejected with 401.',
    source: authentication('Using Your API Key'),
    advice:
      'Match the whole value against the grammar of RFC 9110, section 11.4; do not strip or repair anything.',
    scenarios: each({ to: 'every operation', expect: 'unauthorized, 400 tolerated' }, [
      ...malformed,
      ...anchoring,
    ]),
  },
  {
    id: 'presentation/case-of-names-ignored',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'The header name and the scheme are accepted in any case.',
    source: rfc(9110, '11.1 Authentication Scheme'),
    advice: 'Compare the header name and the scheme without regard to case.',
    scenarios: each({ to: 'every operation', expect: 'accepted' }, [...names, ...schemes]),
  },
  {
    id: 'presentation/several-spaces-accepted',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'Any number of spaces may separate the scheme from the key.',
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
