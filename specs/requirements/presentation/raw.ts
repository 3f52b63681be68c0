import type { Requirement } from '../../../harness/model/index.ts';
import { each, type Row } from '../each.ts';
import { authentication, rfc } from '../sources.ts';

const illegal: readonly Row[] = [
  {
    id: 'space-before-colon',
    title: 'a space separates the header name from its colon',
    present: { lines: ['Authorization : Bearer {key}'] },
    catches: ['front-repairs-syntax'],
  },
  {
    id: 'zero-byte',
    title: 'a zero byte and a word follow the key',
    present: { lines: ['Authorization: Bearer {key}\u0000conformance'] },
    catches: ['front-repairs-syntax'],
  },
  {
    id: 'control-byte',
    title: 'a control byte follows the key',
    present: { lines: ['Authorization: Bearer {key}\u0001'] },
    catches: ['front-repairs-syntax'],
  },
  {
    id: 'carriage-return',
    title: 'a bare carriage return follows the key',
    present: { lines: ['Authorization: Bearer {key}\rX-Conformance: 1'] },
    catches: ['front-repairs-syntax'],
  },
];

const twoLines: readonly Row[] = [
  {
    id: 'key-first',
    title: 'two Authorization lines, the key in the first',
    present: { lines: ['Authorization: Bearer {key}', 'Authorization: Bearer not-a-key'] },
    catches: ['first-line-wins', 'version-public'],
  },
  {
    id: 'key-last',
    title: 'two Authorization lines, the key in the last',
    present: { lines: ['Authorization: Bearer not-a-key', 'Authorization: Bearer {key}'] },
    catches: ['last-line-wins'],
  },
  {
    id: 'other-scheme-first',
    title: 'two Authorization lines, Basic before Bearer',
    present: { lines: ['Authorization: Basic bm90OmtleQ==', 'Authorization: Bearer {key}'] },
    catches: ['last-line-wins'],
  },
];

const whiteSpace: readonly Row[] = [
  {
    id: 'none-after-colon',
    title: 'nothing separates the colon from the scheme',
    present: { lines: ['Authorization:Bearer {key}'] },
    catches: ['front-wants-space-after-colon'],
  },
  {
    id: 'around-value',
    title: 'spaces and tabs surround the value',
    present: { lines: ['Authorization: \t Bearer {key} \t '] },
    catches: ['front-wants-one-space'],
  },
];

/** Messages that only a raw socket sends. */
export const raw: readonly Requirement[] = [
  {
    id: 'presentation/illegal-messages-refused',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'A request whose Authorization line breaks the grammar of HTTP is rejected.',
    source: rfc(9112, '5.1 Field Line Parsing'),
    advice: 'Use a strict HTTP parser and do not enable its lenient mode.',
    scenarios: each({ to: 'every operation', expect: 'refused as malformed' }, [
      ...illegal,
      {
        id: 'folded-line',
        title: 'the value continues in a folded line',
        present: { lines: ['Authorization: Bearer\r\n {key}'] },
        expect: 'no server error',
        catches: ['front-fails-on-folding'],
      },
    ]),
  },
  {
    id: 'presentation/one-authorization-line',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'A request with two Authorization lines is rejected.',
    source: rfc(9110, '5.3 Field Order'),
    advice: 'Count the Authorization lines before you read one; frameworks often show only the first.',
    scenarios: each({ to: 'every operation', expect: 'refused as malformed' }, twoLines),
  },
  {
    id: 'presentation/two-lines-answered-consistently',
    level: 'MUST',
    profile: 'core',
    sentence: 'The same two Authorization lines always get the same answer.',
    source: authentication('Using Your API Key'),
    advice:
      'Decide in one place which line counts (best: none), so that every proxy and server sees the same.',
    scenarios: [
      {
        id: 'repeated',
        title: 'two Authorization lines with the key and a text that is not a key, repeatedly',
        procedure: 'two lines are answered consistently',
        to: 'every operation',
        expect: 'refused as malformed',
        catches: ['lines-in-turn'],
      },
    ],
  },
  {
    id: 'presentation/trailer-is-no-header',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key in a trailer field after the body is rejected with 401.',
    source: rfc(9110, '6.5.1 Limitations on Use of Trailers'),
    advice: 'Never merge trailer fields into the header fields.',
    scenarios: [
      {
        id: 'authorization-trailer',
        title: 'the credential is in a trailer field',
        present: { lines: [], trailer: 'Authorization: Bearer {key}' },
        to: 'every operation with a body',
        expect: 'unauthorized, 400 tolerated',
        catches: ['key-in-trailer', 'unauthorized-redirects', 'data-in-401'],
      },
    ],
  },
  {
    id: 'presentation/optional-white-space-accepted',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'White space around the Authorization value is accepted, and so is none.',
    source: rfc(9112, '5.1 Field Line Parsing'),
    advice: 'Trim spaces and tabs around the value, and require none after the colon.',
    scenarios: each({ to: 'every operation', expect: 'accepted' }, whiteSpace),
  },
  {
    id: 'presentation/oversized-header-harmless',
    level: 'MUST',
    profile: 'core',
    sentence: 'A header section beyond any limit is rejected, and the next request works.',
    source: authentication('Using Your API Key'),
    advice: 'Answer 431 and close the connection; do not let a proxy turn it into a 5xx.',
    adviceFits: ['wrong-status', 'server-error'],
    scenarios: [
      {
        id: 'three-hundred-kibibytes',
        title: 'a header section of 300 KiB without a key, then the unmodified key',
        procedure: 'an oversized header is harmless',
        to: 'one read operation',
        expect: 'unauthorized, or too large',
        catches: ['front-fails-on-size'],
      },
    ],
  },
];
