import { setTimeout as sleep } from 'node:timers/promises';
import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';

const breaks = 'What a key asks for is not done before it is known whose key it is.';

/** As on a machine that hashes two million times a second. */
const hashesPerMs = 2_000;
/** As a parser that looks at each character. */
const charactersPerMs = 1_600;

/** Faults of servers that work as hard as a key wants. */
export const costly: readonly Fault[] = [
  working('password-hashed-as-asked', async (text) => {
    const { alg, p2c } = peek(text)?.header ?? {};
    return /^PBES2-/.test(String(alg)) && typeof p2c === 'number' ? p2c / hashesPerMs : 0;
  }),
  working('inflated-without-bound', async (text, decrypt) => {
    if (peek(text)?.header.zip !== 'DEF') return 0;
    return ((await decrypt?.(text, Number.POSITIVE_INFINITY)) ?? '').length / charactersPerMs;
  }),
];

type Decrypt = ((token: string, most?: number) => Promise<string | undefined>) | undefined;

/** Works on a token for so many milliseconds, and verifies it then. */
function working(id: string, costMs: (text: string, decrypt: Decrypt) => Promise<number>): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      verify: async (text, ring, call) => {
        await sleep(await costMs(text, ring.signer.decrypt));
        return policy.verify(text, ring, call);
      },
    }),
  };
}
