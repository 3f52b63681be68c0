import type { Front } from '../front.ts';
import type { Policy } from '../policy.ts';
import type { Transport } from '../transport.ts';
import { contract } from './contract.ts';
import { expiry } from './expiry.ts';
import { type Family, type Fault, named, overridden } from './fault.ts';
import { http2 } from './http2.ts';
import { hygiene } from './hygiene.ts';
import { isolation } from './isolation.ts';
import { permissions } from './permissions.ts';
import { presentation } from './presentation.ts';
import { regeneration } from './regeneration.ts';
import { token } from './token.ts';
import { transport } from './transport.ts';
import { unusedKeys } from './unused-keys.ts';
import { waysIn } from './ways-in.ts';

/** The faults, grouped by the family of requirements that they break. */
export const families: Readonly<Record<Family, readonly Fault[]>> = {
  presentation: [...presentation, ...waysIn],
  token,
  permissions,
  expiry,
  regeneration: [...regeneration, ...unusedKeys],
  isolation,
  contract,
  hygiene,
  transport: [...transport, ...http2],
};

/** Every fault. The ids are unique. */
export const faults: readonly Fault[] = Object.values(families).flat();

/** The front ends of these faults, in order. */
export function frontsOf(ids: readonly string[]): Front[] {
  return faults
    .filter(({ id }) => ids.includes(id))
    .flatMap(({ front }) => (front === undefined ? [] : [front]));
}

/** The HMAC secret of these faults, if one of them sets it. */
export function secretOf(ids: readonly string[]): string | undefined {
  return named(faults, ids).find(({ secret }) => secret !== undefined)?.secret;
}

/** The operations that a server with these faults says it does not implement. */
export function withoutOf(ids: readonly string[]): string[] {
  return named(faults, ids).flatMap(({ without = [] }) => without);
}

/** What these faults change below the policy of a server over TLS. */
export function transportFaults(ids: readonly string[]): Partial<Transport>[] {
  return named(faults, ids).flatMap(({ transport: change }) => change ?? []);
}

/** The policy of the replica: the faults that apply everywhere, then those of the replica. */
export function withReplicaFaults(policy: Policy, ids: readonly string[]): Policy {
  let current = policy;
  for (const { replica } of named(faults, ids)) current = { ...current, ...replica?.(current) };
  return current;
}

/** A policy with these faults applied, one after the other. */
export function withFaults(policy: Policy, ids: readonly string[]): Policy {
  return overridden(policy, faults, ids);
}
