import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiRequest, Call, Claims, Permission } from '../model.ts';
import type { Policy } from '../policy.ts';
import { believed, peek } from './decode.ts';
import type { Fault } from './fault.ts';
import { knownRing } from './ring.ts';

/** Streams that arrive together are answered after this many milliseconds at the earliest. */
const answerMs = 20;

const isHttp2 = ({ version }: ApiRequest): boolean => version === '2.0';
const isKeyless = ({ authorization }: ApiRequest): boolean => authorization.length === 0;
const isLocal = ({ headers }: ApiRequest): boolean => headers.host === 'localhost';

/** Has no key in any place, and uses the usual address. */
const isBare = (request: ApiRequest): boolean =>
  isKeyless(request) && !isLocal(request) && request.query.size === 0 && request.headers.cookie === undefined;

/** Faults of a server that keeps the contract over HTTP/1.1 and has one hole over HTTP/2. */
export const http2: readonly Fault[] = [
  over('http2-loses-the-key', 'A key that works over HTTP/1.1 works over HTTP/2.', (policy) => ({
    readCredential: (request, parse) =>
      isHttp2(request) ? { kind: 'none' } : policy.readCredential(request, parse),
  })),
  over('http2-reads-need-write-key', 'A read key reads over HTTP/2.', (policy) => ({
    mayCall: (permission, operation, request) =>
      isHttp2(request) ? permission === 'write' : policy.mayCall(permission, operation, request),
  })),
  exempting('http2-needs-no-key', 'A request over HTTP/2 needs a key.', isBare),
  exempting(
    'http2-local-authority-exempt',
    'The host in :authority does not exempt a request.',
    (request) => isKeyless(request) && isLocal(request),
  ),
  verifying('http2-signature-ignored', 'Signatures are verified over HTTP/2.', (text) =>
    believed(text, ({ header, signature }) => header.alg !== 'none' && signature !== ''),
  ),
  verifying('http2-unsigned-accepted', 'A key over HTTP/2 needs a signature.', (text) =>
    believed(text, ({ header }) => header.alg === 'none'),
  ),
  over('http2-environment-ignored', 'A key works in its own environment only.', (policy) => ({
    verify: async (text, ring, call) => {
      const claims = await policy.verify(text, ring, call);
      return claims && isHttp2(call.request) ? { ...claims, environment: ring.environment } : claims;
    },
  })),
  reading('http2-any-scheme', 'Over HTTP/2 the scheme of a key is Bearer.', ({ authorization }) =>
    /^(?!bearer )\w+ (\S+)$/i.exec(authorization[0] ?? '')?.at(1),
  ),
  reading('http2-no-scheme-needed', 'Over HTTP/2 a key has a scheme.', ({ authorization }) =>
    /^[\w-]+\.[\w-]+\.[\w-]+$/.exec(authorization[0] ?? '')?.at(0),
  ),
  reading('http2-key-in-query', 'Over HTTP/2 a key in the query is not a key.', ({ query }) =>
    query.get('access_token'),
  ),
  reading(
    'http2-key-in-cookie',
    'Over HTTP/2 a key in a cookie is not a key.',
    ({ headers }) => /(?:^|; *)access_token=([^;]+)/.exec(headers.cookie ?? '')?.[1],
  ),
  over('http2-revocation-ignored', 'A revoked key is rejected over HTTP/2.', (policy) => ({
    isLive: (key, claims, call) =>
      (isHttp2(call.request) && key?.jti === claims.jti) || policy.isLive(key, claims, call),
  })),
  over('http2-permission-ignored', 'A read key does not write over HTTP/2.', (policy) => ({
    mayCall: (permission, operation, request) =>
      isHttp2(request) || policy.mayCall(permission, operation, request),
  })),
  over('http2-project-ignored', 'Over HTTP/2 a key sees its own project.', (policy) => {
    const { verify, ring } = knownRing(policy);
    return {
      verify,
      projectOf: (claims, request) =>
        (isHttp2(request) ? ring()?.home()?.project : undefined) ?? policy.projectOf(claims, request),
    };
  }),
  over('http2-connection-keeps-permission', 'Each stream has the permission of its own key.', (policy) => {
    const first = new WeakMap<object, Permission>();
    return {
      permissionOf: (claims, request) => {
        const own = policy.permissionOf(claims, request);
        if (!isHttp2(request)) return own;
        const kept = first.get(request.connection) ?? own;
        first.set(request.connection, kept);
        return kept;
      },
    };
  }),
  over('http2-connection-keeps-caller', 'Each stream needs a key of its own.', (policy) => {
    const callers = new WeakMap<object, Claims>();
    return {
      exempt: ({ request }) =>
        isHttp2(request) && isKeyless(request) ? callers.get(request.connection) : undefined,
      verify: async (text, ring, call) => {
        const claims = await policy.verify(text, ring, call);
        if (claims !== undefined) callers.set(call.request.connection, claims);
        return claims;
      },
    };
  }),
  over('http2-connection-verified-once', 'The key of each stream is verified.', (policy) => {
    const verified = new WeakMap<object, Set<string>>();
    return {
      verify: async (text, ring, call) => {
        const { request } = call;
        const known = verified.get(request.connection) ?? new Set<string>();
        const input = peek(text)?.input ?? '';
        if (isHttp2(request) && known.has(input)) return believed(text, () => true);
        const claims = await policy.verify(text, ring, call);
        if (claims !== undefined) verified.set(request.connection, known.add(input));
        return claims;
      },
    };
  }),
  over('http2-streams-share-permission', 'Streams that arrive together do not mix.', (policy) => {
    const last = new WeakMap<object, Permission>();
    return {
      permissionOf: (claims, request) => {
        const own = policy.permissionOf(claims, request);
        last.set(request.connection, own);
        return own;
      },
      mayCall: async (permission, operation, request) => {
        if (isHttp2(request)) await sleep(answerMs);
        const current = isHttp2(request) ? last.get(request.connection) : undefined;
        return policy.mayCall(current ?? permission, operation, request);
      },
    };
  }),
];

function over(id: string, breaks: string, override: (policy: Policy) => Partial<Policy>): Fault {
  return { id, breaks, transport: { http2: true }, override };
}

/** Accepts a request without a key. */
function exempting(id: string, breaks: string, when: (request: ApiRequest) => boolean): Fault {
  return over(id, breaks, (policy) => ({
    exempt: (call, ring) =>
      isHttp2(call.request) && when(call.request) ? ring.home() : policy.exempt(call, ring),
  }));
}

/** Accepts a token that nobody signed. */
function verifying(id: string, breaks: string, believe: (text: string) => Claims | undefined): Fault {
  return over(id, breaks, (policy) => ({
    verify: async (text, ring, call: Call) =>
      (await policy.verify(text, ring, call)) ?? (isHttp2(call.request) ? believe(text) : undefined),
  }));
}

/** Finds a key in a place that the contract does not allow. */
function reading(
  id: string,
  breaks: string,
  find: (request: ApiRequest) => string | null | undefined,
): Fault {
  return over(id, breaks, (policy) => ({
    readCredential: async (request, parse) => {
      const proper = await policy.readCredential(request, parse);
      const token = proper.kind !== 'token' && isHttp2(request) ? find(request) : undefined;
      return typeof token === 'string' ? { kind: 'token', token } : proper;
    },
  }));
}
