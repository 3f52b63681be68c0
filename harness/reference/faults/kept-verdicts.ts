import type { ApiRequest, Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { askedFor, askedForByUrl, keptFor, partOfKey } from './kept.ts';

const shortMs = 300;
const decisionMs = 200;

/** Faults of caches that keep what was decided about a key, and give it to the next one that looks like it. */
export const keptVerdicts: readonly Fault[] = [
  sharing('verdict-shared-by-request', 'Each request is decided by its own key.', () => ''),
  sharing('verdict-shared-by-key-header', 'The header of a key does not tell whose it is.', (request) =>
    partOfKey(request, 'header'),
  ),
  sharing('verdict-shared-by-content', 'The signature is verified for each request.', (request) =>
    partOfKey(request, 'content'),
  ),
];

/** Faults of a permission that is decided once for a key and not for each request. */
export const keptPermissions: readonly Fault[] = [
  deciding('allowed-once', 'A read key that may read may not write for that.', true),
  deciding('refused-once', 'A read key that may not write may read all the same.', false),
];

/** A fault of a key that lives while the one that took its place is used. */
export const lifeSharedByKeyId: Fault = {
  id: 'life-shared-by-key-id',
  breaks: 'An old key is refused while the new one is used.',
  override: (policy) => {
    const live = keptFor<true>(shortMs);
    return {
      isLive: (key, claims, call) => {
        const asked = askedForByUrl(call.request);
        if (asked === undefined) return policy.isLive(key, claims, call);
        const name = `${claims.sub} ${asked}`;
        if (live.take(name) === true) return true;
        const decided = policy.isLive(key, claims, call);
        if (decided) live.set(name, true);
        return decided;
      },
    };
  },
};

/** Who one request came from is taken for the one who makes the next request of the kind. */
function sharing(id: string, breaks: string, nameOf: (request: ApiRequest) => string | undefined): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => {
      const kept = keptFor<Claims>(shortMs);
      const names = new WeakMap<ApiRequest, string>();
      return {
        exempt: async (call, ring) => {
          const [name, asked] = [nameOf(call.request), await askedFor(call.request)];
          if (name === undefined || asked === undefined) return policy.exempt(call, ring);
          names.set(call.request, `${name} ${asked}`);
          return kept.take(`${name} ${asked}`) ?? policy.exempt(call, ring);
        },
        permissionOf: (claims, request) => {
          const name = names.get(request);
          if (name !== undefined) kept.set(name, claims);
          return policy.permissionOf(claims, request);
        },
      };
    },
  };
}

/** What was decided about one request of a key holds for the next one. */
function deciding(id: string, breaks: string, decision: boolean): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => {
      const kept = keptFor<boolean>(decisionMs);
      return {
        mayCall: async (permission, operation, request) => {
          const [name = ''] = request.authorization;
          const known = kept.take(name);
          if (known !== undefined) return known;
          const allowed = await policy.mayCall(permission, operation, request);
          if (permission === 'read' && allowed === decision) kept.set(name, allowed);
          return allowed;
        },
      };
    },
  };
}
