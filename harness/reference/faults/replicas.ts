import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { keptFor } from './kept.ts';

/** The replica learns of a regeneration this many milliseconds late. */
const lagMs = 1_000;

/** Faults of a replica that learns late, or never, what happened to a key on the other instance. */
export const replicas: readonly Fault[] = [
  onReplica('replica-lags', 'Regeneration revokes the old key on every replica at once.', (policy) => ({
    isLive: (key, claims, call) =>
      policy.isLive(key, claims, call) ||
      key?.retired.some(({ jti, at }) => jti === claims.jti && Date.now() - at < lagMs) === true,
  })),
  onReplica('replica-keeps-old-key', 'Regeneration revokes the old key on every replica.', (policy) => ({
    isLive: (key, claims, call) =>
      policy.isLive(key, claims, call) || key?.retired.some(({ jti }) => jti === claims.jti) === true,
  })),
  onReplica('replica-misses-revocation', 'Revocation takes effect on every replica.', (policy) => ({
    isLive: (key, claims, call) => policy.isLive(key, claims, call) || key?.jti === claims.jti,
  })),
  onReplica('replica-learns-late', 'The new key works on every replica at once.', (policy) => ({
    isLive: (key, claims, call) =>
      policy.isLive(key, claims, call) && Date.now() - (key?.retired.at(-1)?.at ?? 0) >= lagMs,
  })),
  remembering('replica-remembers-good-keys', 3_600_000),
  remembering('replica-remembers-good-keys-500-ms', 500),
];

/** A key that was valid once stays valid there for this many milliseconds. */
function remembering(id: string, milliseconds: number): Fault {
  return onReplica(
    id,
    'Revocation takes effect at once on a replica that has seen the key before.',
    (policy) => {
      const good = keptFor<true>(milliseconds);
      return {
        isLive: (key, claims, call) => {
          if (good.get(claims.jti) === true) return true;
          const live = policy.isLive(key, claims, call);
          if (live) good.set(claims.jti, true);
          return live;
        },
      };
    },
  );
}

function onReplica(id: string, breaks: string, replica: (policy: Policy) => Partial<Policy>): Fault {
  return { id, breaks, replica };
}
