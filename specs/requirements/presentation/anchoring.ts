import type { Row } from '../each.ts';

const value = (Authorization: string): Pick<Row, 'present'> => ({ present: { headers: { Authorization } } });

/** A scheme that only ends or begins like Bearer. */
export const likeBearer: readonly Row[] = [
  {
    id: 'x-bearer',
    title: 'the key follows a scheme that ends with Bearer',
    ...value('XBearer {key}'),
    catches: ['value-split-at-bearer'],
  },
  {
    id: 'bearer-with-version',
    title: 'the key follows the scheme Bearer and a version',
    ...value('Bearer/1.0 {key}'),
    catches: ['scheme-begins-with-bearer'],
  },
  {
    id: 'bearer-with-letter',
    title: 'the key follows the scheme Bearers',
    ...value('Bearers {key}'),
    catches: ['scheme-begins-with-bearer'],
  },
];

/** A Bearer credential with something around it: what matches no whole value finds it. */
export const anchoring: readonly Row[] = [
  {
    id: 'basic-before',
    title: 'Basic credentials and a comma precede the credential',
    ...value('Basic eDp5, Bearer {key}'),
    catches: ['value-split-at-bearer'],
  },
  {
    id: 'token-parameter-before',
    title: 'the credential is a parameter of the scheme Token',
    ...value('Token token=Bearer {key}'),
    catches: ['value-split-at-bearer'],
  },
  {
    id: 'word-before',
    title: 'a word precedes the credential',
    ...value('conformance Bearer {key}'),
    catches: ['value-split-at-bearer'],
  },
  {
    id: 'other-key-before',
    title: 'a text that is not a key precedes the key',
    ...value('Bearer not-a-key {key}'),
    catches: ['last-word-is-key'],
  },
  {
    id: 'other-credential-before',
    title: 'an invalid credential and a comma precede the credential',
    ...value('Bearer not-a-key, Bearer {key}'),
    catches: ['last-word-is-key'],
  },
  {
    id: 'in-the-middle',
    title: 'the credential is between credentials of two other schemes',
    ...value('Basic eDp5, Bearer {key}, Digest username="x"'),
    catches: ['bearer-in-the-middle'],
  },
  {
    id: 'between-words',
    title: 'the credential is between two words',
    ...value('x Bearer {key} y'),
    catches: ['bearer-in-the-middle'],
  },
  {
    id: 'basic-behind',
    title: 'a comma and Basic credentials follow the key',
    ...value('Bearer {key}, Basic eDp5'),
    catches: ['comma-list-accepted'],
  },
  {
    id: 'parameter-behind',
    title: 'a comma and a parameter follow the key',
    ...value('Bearer {key}, realm="conformance"'),
    catches: ['comma-list-accepted'],
  },
  {
    id: 'zero-width-space-behind',
    title: 'a zero-width space follows the key',
    ...value('Bearer {key}\u00e2\u0080\u008b'),
    // Decoders of Python and Ruby leave out what is not base64; the key in it is valid, so that nobody gets in by it.
    expect: 'unauthorized, leniency tolerated',
    catches: ['zero-width-stripped'],
  },
  {
    id: 'key-parameter',
    title: 'the key is the parameter access_token of the credential',
    ...value('Bearer access_token="{key}"'),
    catches: ['parameter-read'],
  },
];
