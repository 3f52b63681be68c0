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
  {
    id: 'permission-shared-by-request',
    breaks: 'What a write key was allowed a moment before, a read key is not.',
    caughtBy: ['permissions/read-key-does-not-write/right-after-the-owner'],
    override: (policy) => {
      const allowed = keptFor<true>(shortMs);
      const known = new WeakSet<ApiRequest>();
      return {
        // A key that was made a moment ago shares nothing yet.
        isLive: (key, claims, call) => {
          if (key?.supplied === true) known.add(call.request);
          return policy.isLive(key, claims, call);
        },
        mayCall: async (permission, operation, request) => {
          const isIt = operation.permission === 'write' && known.has(request);
          const name = isIt ? await askedFor(request) : undefined;
          if (name === undefined) return policy.mayCall(permission, operation, request);
          if (permission === 'read' && allowed.take(name) === true) return true;
          const mayCall = await policy.mayCall(permission, operation, request);
          if (mayCall) allowed.set(name, true);
          return mayCall;
        },
      };
    },
  },
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

/** A fault of a key that lives while another key of its project asks for the same. */
export const lifeSharedByRequest: Fault = {
  id: 'life-shared-by-request',
  breaks: 'A revoked key is refused while another key of its project is used.',
  caughtBy: ['regeneration/revoked-key-rejected/every-operation'],
  override: (policy) => {
    const live = keptFor<true>(shortMs);
    return {
      isLive: (key, claims, call) => {
        const asked = askedForByUrl(call.request);
        const decided = policy.isLive(key, claims, call);
        if (asked === undefined) return decided;
        const name = `${claims.project} ${asked}`;
        if (decided) live.set(name, true);
        return decided || (key?.revoked === true && key.supplied && live.take(name) === true);
      },
    };
  },
};

/** Another key that asks for what the first key of the server asked a moment before is taken for that. */
function sharing(id: string, breaks: string, nameOf: (request: ApiRequest) => string | undefined): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => {
      const kept = keptFor<{ readonly claims: Claims; readonly key: string | undefined }>(shortMs);
      const names = new WeakMap<ApiRequest, string>();
      let first: string | undefined;
      return {
        exempt: async (call, ring) => {
          const [name, asked] = [nameOf(call.request), await askedFor(call.request)];
          if (name === undefined || asked === undefined) return policy.exempt(call, ring);
          first ??= ring.home()?.sub;
          names.set(call.request, `${name} ${asked}`);
          const found = kept.get(`${name} ${asked}`);
          if (found === undefined || found.key === call.request.authorization[0]) {
            return policy.exempt(call, ring);
          }
          return kept.take(`${name} ${asked}`)?.claims;
        },
        permissionOf: (claims, request) => {
          const name = names.get(request);
          const [key] = request.authorization;
          if (name !== undefined && claims.sub === first) kept.set(name, { claims, key });
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
