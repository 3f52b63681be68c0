import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** For so many milliseconds the replica has not heard of a regeneration. */
const lagMs = 1_000;

/** Faults of a replica that does not hear at once, or at all, what happened to a key on the other instance. */
export const replicas: readonly Fault[] = [
  onReplica('replica-lags', 'Regeneration ends the old key on every replica at once.', (policy) => ({
    isLive: (key, claims, call) =>
      policy.isLive(key, claims, call) ||
      key?.retired.some(({ jti, at }) => jti === claims.jti && Date.now() - at < lagMs) === true,
  })),
  onReplica('replica-keeps-old-key', 'Regeneration ends the old key on every replica.', (policy) => ({
    isLive: (key, claims, call) =>
      policy.isLive(key, claims, call) || key?.retired.some(({ jti }) => jti === claims.jti) === true,
  })),
  onReplica('replica-misses-revocation', 'Revocation ends a key on every replica.', (policy) => ({
    isLive: (key, claims, call) => policy.isLive(key, claims, call) || key?.jti === claims.jti,
  })),
  onReplica('replica-learns-late', 'The new key works on every replica at once.', (policy) => ({
    isLive: (key, claims, call) =>
      policy.isLive(key, claims, call) && Date.now() - (key?.retired.at(-1)?.at ?? 0) >= lagMs,
  })),
];

function onReplica(id: string, breaks: string, replica: (policy: Policy) => Partial<Policy>): Fault {
  return { id, breaks, replica };
}
