import type { Requirement } from '../../../harness/model/index.ts';
import { authentication, rfc } from '../sources.ts';

type Row = readonly [id: string, lines: readonly string[], title: string, ...catches: string[]];

const illegal: readonly Row[] = [
  [
    'space-before-colon',
    ['Authorization : Bearer {key}'],
    'a space stands between the header name and its colon',
    'front-repairs-syntax',
  ],
  [
    'zero-byte',
    ['Authorization: Bearer {key}\u0000conformance'],
    'a zero byte and a word follow the key',
    'front-repairs-syntax',
  ],
  [
    'control-byte',
    ['Authorization: Bearer {key}\u0001'],
    'a control byte follows the key',
    'front-repairs-syntax',
  ],
  [
    'carriage-return',
    ['Authorization: Bearer {key}\rX-Conformance: 1'],
    'a bare carriage return follows the key',
    'front-repairs-syntax',
  ],
];

const twoLines: readonly Row[] = [
  [
    'key-first',
    ['Authorization: Bearer {key}', 'Authorization: Bearer not-a-key'],
    'two Authorization lines, the key in the first',
    'first-line-wins',
    'version-public',
  ],
  [
    'key-last',
    ['Authorization: Bearer not-a-key', 'Authorization: Bearer {key}'],
    'two Authorization lines, the key in the last',
    'last-line-wins',
  ],
  [
    'other-scheme-first',
    ['Authorization: Basic bm90OmtleQ==', 'Authorization: Bearer {key}'],
    'two Authorization lines, Basic before Bearer',
    'last-line-wins',
  ],
];

const whiteSpace: readonly Row[] = [
  [
    'none-after-colon',
    ['Authorization:Bearer {key}'],
    'nothing stands between the colon and the scheme',
    'front-wants-space-after-colon',
  ],
  [
    'around-value',
    ['Authorization: \t Bearer {key} \t '],
    'spaces and tabs stand around the value',
    'front-wants-one-space',
  ],
];

const send = ([id, lines, title, ...catches]: Row) => ({
  id,
  title,
  present: { lines },
  to: 'every operation' as const,
  catches,
});

/** Messages that only a raw socket sends. */
export const raw: readonly Requirement[] = [
  {
    id: 'presentation/illegal-messages-refused',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'A request whose Authorization line breaks the grammar of HTTP is refused.',
    source: rfc(9112, '5.1 Field Line Parsing'),
    advice: 'Let a strict HTTP parser stand in front, and do not switch on its lenient mode.',
    scenarios: [
      ...illegal.map((row) => ({ ...send(row), expect: 'refused as malformed' as const })),
      {
        ...send([
          'folded-line',
          ['Authorization: Bearer\r\n {key}'],
          'the value goes on in a folded line',
          'front-fails-on-folding',
        ]),
        expect: 'no server error',
      },
    ],
  },
  {
    id: 'presentation/one-authorization-line',
    level: 'SHOULD',
    profile: 'core',
    sentence: 'A request with two Authorization lines is refused.',
    source: rfc(9110, '5.3 Field Order'),
    advice: 'Count the Authorization lines before reading one; frameworks often show only the first.',
    scenarios: twoLines.map((row) => ({ ...send(row), expect: 'refused as malformed' })),
  },
  {
    id: 'presentation/two-lines-answered-consistently',
    level: 'MUST',
    profile: 'core',
    sentence: 'The same two Authorization lines always get the same answer.',
    source: authentication('Using Your API Key'),
    advice: 'Decide in one place which line counts, best none, and let every hop see the same.',
    scenarios: [
      {
        id: 'repeated',
        title: 'the key and a text that is no key stand in two Authorization lines, repeatedly',
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
    sentence: 'A key in a trailer field behind the body is rejected with 401.',
    source: rfc(9110, '6.5.1 Limitations on Use of Trailers'),
    advice: 'Never merge trailer fields into the header fields.',
    scenarios: [
      {
        id: 'authorization-trailer',
        title: 'the credential stands in a trailer field',
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
    sentence: 'White space around the Authorization value is accepted and may be missing.',
    source: rfc(9112, '5.1 Field Line Parsing'),
    advice: 'Trim spaces and tabs around the value, and require none after the colon.',
    scenarios: whiteSpace.map((row) => ({ ...send(row), expect: 'accepted' })),
  },
  {
    id: 'presentation/oversized-header-harmless',
    level: 'MUST',
    profile: 'core',
    sentence: 'A header section beyond any limit is refused, and the next request works.',
    source: authentication('Using Your API Key'),
    advice: 'Answer 431 and close the connection; let no proxy turn it into a 5xx.',
    adviceFits: ['wrong-status', 'server-error'],
    scenarios: [
      {
        id: 'three-hundred-kibibytes',
        title: 'a header section of 300 KiB without a key, then the untouched key',
        procedure: 'an oversized header is harmless',
        to: 'one read operation',
        expect: 'unauthorized, or too large',
        catches: ['front-fails-on-size'],
      },
    ],
  },
];
