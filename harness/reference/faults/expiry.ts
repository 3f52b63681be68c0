import { asClaims } from '../keyring.ts';
import type { Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';

const DAY = 86_400;

/** Faults in the expiry of keys. */
export const expiry: readonly Fault[] = [
  ending('expires-after-30-days', 'A key does not expire by itself.', ({ iat }, now) => now - iat > 30 * DAY),
  ending(
    'expires-under-the-clock',
    'A key does not expire by itself, however long it is in use.',
    ({ exp }, now) => exp === undefined && now - Date.now() / 1000 > 5 * 365 * DAY,
  ),
  ending(
    'expires-early',
    'A key with an expiry works until then.',
    ({ iat, exp }, now) => exp !== undefined && now >= iat + (exp - iat) / 2,
  ),
  ending(
    'expiring-key-dead-at-birth',
    'A key with an expiry works until then.',
    ({ exp }) => exp !== undefined,
  ),
  {
    id: 'expiry-ignored',
    breaks: 'A key with an expiry is rejected from then on.',
    override: () => ({ isExpired: () => false }),
  },
  {
    id: 'expiry-leeway-of-a-day',
    breaks: 'A key with an expiry is rejected from then on.',
    override: (policy) => ({ isExpired: (claims, now) => policy.isExpired(claims, now - DAY) }),
  },
  {
    id: 'end-uncovered',
    breaks: 'The signature covers the expiry of a key.',
    caughtBy: ['expiry/configured-expiry-honoured/expiry-edited-away'],
    override: (policy) => ({
      verify: async (text, ring, call) => {
        const verified = await policy.verify(text, ring, call);
        const peeked = peek(text);
        const claims = asClaims(peeked?.payload);
        const record = ring.find(claims?.sub ?? '');
        if (verified !== undefined || claims?.exp === undefined || record?.expiresAt === undefined)
          return verified;
        return (await ring.sign(record)).endsWith(`.${peeked?.signature}`) ? claims : undefined;
      },
    }),
  },
];

function ending(id: string, breaks: string, hasEnded: (claims: Claims, now: number) => boolean): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      isExpired: (claims, now) => hasEnded(claims, now) || policy.isExpired(claims, now),
    }),
  };
}
