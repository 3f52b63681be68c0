import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';

/** Faults that answer a bad token with something other than 401. */
export const crashes: readonly Fault[] = [
  crashing(
    'malformed-json-crashes',
    'A token whose segments are not JSON is rejected with 401.',
    (text) => text.split('.').length === 3 && peek(text) === undefined,
  ),
  crashing(
    'payload-type-crashes',
    'A token with a payload that is not an object is rejected with 401.',
    (text) => {
      const peeked = peek(text);
      return (
        peeked !== undefined &&
        (typeof peeked.payload !== 'object' || peeked.payload === null || Array.isArray(peeked.payload))
      );
    },
  ),
  crashing('long-token-crashes', 'A long token is rejected with 401.', (text) => text.length > 4096),
  crashing(
    'five-segments-crash',
    'A token of five segments, two of them its payload, is rejected with 401.',
    hasPayloadTwice,
  ),
  crashing('header-type-crashes', 'A header member of a wrong type is rejected with 401.', (text) => {
    const { header } = peek(text) ?? {};
    return (
      header !== undefined &&
      ['alg', 'kid'].some((name) => name in header && typeof header[name] !== 'string')
    );
  }),
  {
    id: 'bad-signature-forbidden',
    breaks: 'A key that does not verify is rejected with 401 and not with 403.',
    override: (policy) => ({
      statusOf: (why, call) => (why === 'unverified' ? 403 : policy.statusOf(why, call)),
    }),
  },
];

function crashing(id: string, breaks: string, on: (text: string) => boolean): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      verify: async (text, ring, call) => {
        if (on(text)) throw new Error('unhandled');
        return policy.verify(text, ring, call);
      },
    }),
  };
}

/** True if a key is written twice without a dot between: its payload appears twice. */
function hasPayloadTwice(text: string): boolean {
  const segments = text.split('.');
  return segments.length === 5 && segments[1] === segments[3];
}
