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

/** Puts overrides into a policy, one after the other. */
export function overridden(
  policy: Policy,
  known: readonly { readonly id: string; readonly override?: Fault['override'] }[],
  ids: readonly string[],
): Policy {
  let current = policy;
  for (const found of named(known, ids)) current = { ...current, ...found.override?.(current) };
  return current;
}

/** The entries of these ids, in the order of the ids. */
export function named<T extends { readonly id: string }>(known: readonly T[], ids: readonly string[]): T[] {
  return ids.map((id) => {
    const found = known.find((candidate) => candidate.id === id);
    if (found === undefined) throw new Error(`There is no fault or variant called ${id}.`);
    return found;
  });
}

/** One deliberately wrong behaviour. `override` is called once for each server, so its closure is the server's. */
export interface Fault {
  readonly id: string;
  /** The sentence of the contract that it breaks. */
  readonly breaks: string;
  /** Full ids of scenarios that catch it, beside those that name it in `catches`. */
  readonly caughtBy?: readonly string[];
  readonly override?: (policy: Policy) => Partial<Policy>;
  /** What is different on the second instance of the server, the replica. */
  readonly replica?: (policy: Policy) => Partial<Policy>;
  /** What a front end does to each message before the server sees it. */
  readonly front?: Front;
  /** What is different below the policy; the server is reached over TLS then. */
  readonly transport?: Partial<Transport>;
  /** What HS256 is keyed with in place of random bytes. */
  readonly secret?: string;
  /** Operations that the server does not implement, as it says of itself. */
  readonly without?: readonly string[];
}
