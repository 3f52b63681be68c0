import type { Front } from '../front.ts';
import type { Policy } from '../policy.ts';
import type { Transport } from '../transport.ts';

/** The part of the contract that a fault breaks. */
export type Family =
  | 'presentation'
  | 'token'
  | 'permissions'
  | 'expiry'
  | 'regeneration'
  | 'isolation'
  | 'contract'
  | 'hygiene'
  | 'transport';

/** Applies overrides to a policy, one after the other. */
export function overridden(
  policy: Policy,
  known: readonly { readonly id: string; readonly override?: Fault['override'] }[],
  ids: readonly string[],
): Policy {
  let current = policy;
  for (const found of named(known, ids)) current = { ...current, ...found.override?.(current) };
  return current;
}

/** The entries with these ids, in the order of the ids. */
export function named<T extends { readonly id: string }>(known: readonly T[], ids: readonly string[]): T[] {
  return ids.map((id) => {
    const found = known.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`There is no fault or variant called ${id}.`);
    return found;
  });
}

/** One deliberate fault. `override` is called once for each server, so each server has its own closure. */
export interface Fault {
  readonly id: string;
  /** The sentence of the contract that it breaks. */
  readonly breaks: string;
  /** Full ids of scenarios that detect it, in addition to those that name it in `catches`. */
  readonly caughtBy?: readonly string[];
  readonly override?: (policy: Policy) => Partial<Policy>;
  /** What differs on the second instance of the server, the replica. */
  readonly replica?: (policy: Policy) => Partial<Policy>;
  /** What a front end does to each message before the server sees it. */
  readonly front?: Front;
  /** What differs below the policy. If set, the server speaks TLS. */
  readonly transport?: Partial<Transport>;
  /** The HS256 secret, in place of random bytes. */
  readonly secret?: string;
  /** Operations that the server says it does not implement. */
  readonly without?: readonly string[];
}
