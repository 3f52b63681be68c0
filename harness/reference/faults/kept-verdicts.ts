import type { ApiRequest, Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';
import { askedFor, askedForByUrl, keptFor, partOfKey } from './kept.ts';

const shortMs = 300;
const decisionMs = 200;

/** Faults of caches that store the decision about a key and reuse it for a key that looks like it. */
export const keptVerdicts: readonly Fault[] = [
  sharing('verdict-shared-by-request', 'The server decides each request by the key in it.', () => ''),
  sharing('verdict-shared-by-key-header', 'The header of a key does not identify its owner.', (request) =>
    partOfKey(request, 'header'),
  ),
  sharing('verdict-shared-by-content', 'The signature is verified for each request.', (request) =>
    partOfKey(request, 'content'),
  ),
];

/** Faults that decide the permission once for a key and not for each request. */
export const keptPermissions: readonly Fault[] = [
  deciding('allowed-once', 'A read key that has just read cannot write.', true),
  deciding('refused-once', 'A read key that has just been rejected can still read.', false),
  {
    id: 'permission-shared-by-request',
    breaks: 'A read key cannot do what a write key has just done.',
    caughtBy: ['permissions/read-key-does-not-write/right-after-the-owner'],
    override: (policy) => {
      const allowed = keptFor<true>(shortMs);
      const known = new WeakSet<ApiRequest>();
      return {
        // Keys that key control created have no part in this.
        isLive: (key, claims, call) => {
          if (key?.supplied === true) known.add(call.request);
          return policy.isLive(key, claims, call);
        },
        mayCall: async (permission, operation, request) => {
          // Requests with a key for repetitions are left to other faults.
          const isPlain = request.headers['idempotency-key'] === undefined;
          const isIt = operation.permission === 'write' && isPlain && known.has(request);
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

/** The old key works while the key that replaced it is in use. */
export const lifeSharedByKeyId: Fault = {
  id: 'life-shared-by-key-id',
  breaks: 'An old key is rejected while the new one is in use.',
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

/** A revoked key works while another key of its project asks for the same. */
export const lifeSharedByRequest: Fault = {
  id: 'life-shared-by-request',
  breaks: 'A revoked key is rejected while another key of its project is in use.',
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

/** If the first key of the server has just made the same request, the next key gets the claims of the first. */
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

/** The decision about one request of a key is reused for its next request. */
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
