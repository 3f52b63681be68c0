import type { Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';

/** A key is locked after this many bad guesses. */
const mostGuesses = 5;

/** Faults that let an attacker lock out the owner of a key by guessing. */
export const guesses: readonly Fault[] = [
  locking('guesses-lock-key', 1_000, ({ jti }) => jti),
  locking('guesses-lock-key-for-a-minute', 60_000, ({ sub }) => sub),
  locking('guesses-lock-project', 3_000, ({ project }) => project),
  locking('guesses-lock-everybody', 2_000, () => 'the address', 403),
];

/** Counts bad guesses by the claims in them, although nobody has verified these. */
function locking(
  id: string,
  milliseconds: number,
  name: (claims: Partial<Claims>) => string | undefined,
  status?: number,
): Fault {
  return {
    id,
    breaks: 'Bad guesses do not lock out the owner of the key.',
    override: (policy: Policy) => {
      const counts = new Map<string, number>();
      const locked = new Map<string, number>();
      const isLocked = (claims: Partial<Claims>): boolean =>
        (locked.get(name(claims) ?? '') ?? 0) > Date.now();
      return {
        verify: async (token, ring, call) => {
          const claims = await policy.verify(token, ring, call);
          const guessed = name((peek(token)?.payload ?? {}) as Partial<Claims>);
          if (claims === undefined && guessed !== undefined) {
            const count = (counts.get(guessed) ?? 0) + 1;
            counts.set(guessed, count % mostGuesses);
            if (count === mostGuesses) locked.set(guessed, Date.now() + milliseconds);
          }
          return claims;
        },
        isLive: (key, claims, call) => policy.isLive(key, claims, call) && !isLocked(claims),
        statusOf: (why, call) =>
          why === 'dead' && status !== undefined && isLocked({}) ? status : policy.statusOf(why, call),
      };
    },
  };
}
