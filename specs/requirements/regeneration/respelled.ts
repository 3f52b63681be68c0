import type { Forgery, Presentation } from '../../../harness/model/index.ts';
import { oldKeyLives, oneOperationUnasked } from './surviving.ts';

/** Other ways to write a dead key that a verifier may accept: id, how, title, and the faults that each catches. */
export const respelled: readonly (readonly [
  string,
  { forge?: Forgery; present?: Presentation },
  string,
  ...catches: string[],
])[] = [
  [
    'unused-bits',
    { forge: { sign: { bytes: 'unused-bits' } } },
    'the unused bits of its last character are flipped',
    'denylist-by-text',
    'bad-signature-forbidden',
    'unauthorized-redirects',
  ],
  [
    'ecdsa-other-root',
    { forge: { sign: { bytes: 'ecdsa-order-minus-s' } } },
    'its ECDSA signature is the other one of the pair',
    'denylist-by-signature',
  ],
  [
    'padding',
    { present: { headers: { Authorization: 'Bearer {key|padded}' } } },
    'base64 padding follows it',
    'denylist-by-text',
    'bad-signature-forbidden',
  ],
  [
    'standard-alphabet',
    { present: { headers: { Authorization: 'Bearer {key|standard-base64}' } } },
    'it is spelled in the standard base64 alphabet',
    'denylist-by-text',
    'bad-signature-forbidden',
  ],
  [
    'scheme-case',
    { present: { headers: { Authorization: 'bEARER {key}' } } },
    'the scheme is spelled bEARER',
    'denylist-by-header',
    'verdict-cached-500-ms',
    'verdict-cached-5-s',
    'text-cached',
    'connection-remembers-key',
    ...oldKeyLives,
    ...oneOperationUnasked,
  ],
  [
    'two-spaces',
    { present: { headers: { Authorization: 'Bearer  {key}' } } },
    'two spaces precede it',
    'denylist-by-header',
    ...oldKeyLives,
  ],
];
