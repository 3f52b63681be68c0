import type { Keyring } from '../keyring.ts';
import type { Policy } from '../policy.ts';
import { believed, type TokenParts } from './decode.ts';
import type { Fault } from './fault.ts';

/** A fault that accepts tokens that look a certain way. */
export function trusting(
  id: string,
  breaks: string,
  when: (peeked: TokenParts, ring: Keyring) => boolean,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      verify: async (text, ring, call) =>
        believed(text, (peeked) => when(peeked, ring)) ?? (await policy.verify(text, ring, call)),
    }),
  };
}
