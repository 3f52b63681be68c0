import { setTimeout as sleep } from 'node:timers/promises';
import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';

const breaks = 'A server does no expensive work for a key that is not verified.';

/** A machine that hashes two million times a second. */
const hashesPerMs = 2_000;
/** A parser that reads each character. */
const charactersPerMs = 1_600;

/** Faults of servers that let a key decide how much work they do. */
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

/** Works on a token for this many milliseconds, then verifies it. */
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
