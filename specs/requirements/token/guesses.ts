import type { Requirement } from '../../../harness/model/index.ts';
import { authentication } from '../sources.ts';

/** What bad guesses at a key do to whoever has it. */
export const guesses: readonly Requirement[] = [
  {
    id: 'token/key-survives-guesses',
    level: 'MUST',
    profile: 'core',
    sentence: 'A key keeps working while others try forgeries of it.',
    source: authentication('Key Management'),
    advice:
      'Never count failures by the claims of an unverified token: limit bad attempts by client address, and answer 429.',
    scenarios: [
      {
        id: 'ten-forgeries',
        title: 'the signature is random and the payload kept, ten times, and then the unmodified key follows',
        forge: { sign: { bytes: 'random' } },
        procedure: 'a key survives guesses',
        to: 'one read and one write operation',
        expect: 'accepted',
        catches: [
          'guesses-lock-key',
          'guesses-lock-key-for-a-minute',
          'guesses-lock-project',
          'guesses-lock-everybody',
        ],
      },
    ],
  },
];
