import type { Row } from '../each.ts';
import { oldKeyLives, oneOperationUnasked } from './surviving.ts';

/** Other ways to write a dead key that a verifier may accept. */
export const respelled: readonly Row[] = [
  {
    id: 'unused-bits',
    title: 'the unused bits of its last character are flipped',
    forge: { sign: { bytes: 'unused-bits' } },
    catches: ['denylist-by-text', 'bad-signature-forbidden', 'unauthorized-redirects'],
  },
  {
    id: 'ecdsa-other-root',
    title: 'its ECDSA signature has the other value of s (n - s)',
    forge: { sign: { bytes: 'ecdsa-order-minus-s' } },
    catches: ['denylist-by-signature'],
  },
  {
    id: 'padding',
    title: 'base64 padding follows it',
    present: { headers: { Authorization: 'Bearer {key|padded}' } },
    catches: ['denylist-by-text', 'bad-signature-forbidden'],
  },
  {
    id: 'standard-alphabet',
    title: 'it is spelled in the standard base64 alphabet',
    present: { headers: { Authorization: 'Bearer {key|standard-base64}' } },
    catches: ['denylist-by-text', 'bad-signature-forbidden'],
  },
  {
    id: 'scheme-case',
    title: 'the scheme is spelled bEARER',
    present: { headers: { Authorization: 'bEARER {key}' } },
    catches: [
      'denylist-by-header',
      'verdict-cached-5-s',
      'text-cached',
      'connection-remembers-key',
      ...oldKeyLives,
      ...oneOperationUnasked,
    ],
  },
  {
    id: 'two-spaces',
    title: 'two spaces precede it',
    present: { headers: { Authorization: 'Bearer  {key}' } },
    catches: ['denylist-by-header', ...oldKeyLives],
  },
];
