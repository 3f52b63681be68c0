import type { Fault } from './fault.ts';
import { kinder } from './spellings.ts';

const TOKEN = '[A-Za-z0-9\\-._~+/]+=*';

/** Faults that find a key in an Authorization value without reading the whole value. */
export const unanchored: readonly Fault[] = [
  kinder('value-split-at-bearer', 'Nothing comes before the scheme.', (value) => {
    const [before, token, ...more] = value.split('Bearer ');
    return before !== '' && more.length === 0 ? token : undefined;
  }),
  {
    ...kinder(
      'scheme-ends-with-bearer',
      'A scheme that ends with Bearer is another scheme.',
      (value) => new RegExp(`^[\\w-]+bearer +(${TOKEN})$`, 'i').exec(value)?.[1],
    ),
    caughtBy: ['presentation/bearer-scheme-only/x-bearer'],
  },
  {
    ...kinder(
      'bearer-at-the-end',
      'Nothing comes before a credential.',
      (value) => new RegExp(`^(?!bearer).+[ ,=]bearer +(${TOKEN})$`, 'i').exec(value)?.[1],
    ),
    caughtBy: ['basic-before', 'token-parameter-before', 'word-before'].map(
      (id) => `presentation/malformed-credentials-rejected/${id}`,
    ),
  },
  kinder('last-word-is-key', 'A credential is a scheme and one key.', (value) =>
    value.startsWith('Bearer ') && value.split(' ').length > 2 ? value.split(' ').at(-1) : undefined,
  ),
  kinder(
    'bearer-in-the-middle',
    'Nothing comes before or after a credential.',
    (value) => new RegExp(`.[ ,]+bearer +(${TOKEN})[ ,]+`, 'i').exec(value)?.[1],
  ),
  kinder(
    'scheme-begins-with-bearer',
    'A scheme that begins with Bearer is another scheme.',
    (value) => new RegExp(`^bearer[^\\s:=]+ +(${TOKEN})$`, 'i').exec(value)?.[1],
  ),
  kinder(
    'separator-is-sign',
    'A space separates the scheme from the key, and no other character does.',
    (value) => new RegExp(`^bearer[:=] *(${TOKEN})$`, 'i').exec(value)?.[1],
  ),
  kinder('zero-width-stripped', 'An invisible character is a character too.', (value) => {
    const seen = Buffer.from(value, 'latin1')
      .toString()
      .replaceAll(/[\u200b-\u200d\ufeff]/g, '');
    return seen.length === value.length ? undefined : /^bearer +(\S+)$/i.exec(seen)?.[1];
  }),
  {
    id: 'base64-decoded',
    breaks: 'A key in base64 is not a key.',
    override: (policy) => ({
      verify: async (text, ring, call) =>
        (await policy.verify(text, ring, call)) ??
        policy.verify(Buffer.from(text, 'base64').toString(), ring, call),
    }),
  },
  kinder(
    'parameter-read',
    'A key as a parameter is not a key.',
    (value) => new RegExp(`^bearer +(?:access_)?token="(${TOKEN})"$`, 'i').exec(value)?.[1],
  ),
];
