import type { Keyring } from '../keyring.ts';
import type { Policy } from '../policy.ts';

/** The keys of a server, for the parts of a policy that are not told them. */
export interface KnownRing extends Pick<Policy, 'verify'> {
  /** Undefined before the first request with a key. */
  ring(): Keyring | undefined;
}

/** Remembers the keys that the verification is told. */
export function knownRing(policy: Policy): KnownRing {
  let known: Keyring | undefined;
  return {
    verify: (text, ring, call) => {
      known = ring;
      return policy.verify(text, ring, call);
    },
    ring: () => known,
  };
}
