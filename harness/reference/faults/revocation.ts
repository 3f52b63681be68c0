import type { ApiRequest, Call, Claims, KeyRecord } from '../model.ts';
import type { Policy } from '../policy.ts';
import { peek } from './decode.ts';
import type { Fault } from './fault.ts';
import { isForNextHop } from './for-next-hop.ts';

/** Faults that let a revoked key work. */
export const revocation: readonly Fault[] = [
  surviving('revoked-key-accepted', 'A revoked key is rejected.', (key, claims) => key?.jti === claims.jti),
  surviving(
    'read-key-revocation-ignored',
    'A revoked key is rejected, whatever its permission.',
    (key, claims) => key?.permission === 'read' && key.jti === claims.jti,
  ),
  surviving(
    'head-ignores-revocation',
    'A revoked key is rejected with HEAD as well.',
    (key, claims, { request }) => request.sentMethod === 'HEAD' && key?.jti === claims.jti,
  ),
  surviving('old-key-accepted', 'Regeneration revokes the old key.', (key) => key?.revoked === false),
  surviving('old-key-has-grace', 'Regeneration revokes the old key at once.', (key, claims) =>
    retiredWithin(key, claims, 60_000),
  ),
  surviving('old-key-lags', 'Regeneration revokes the old key at once.', (key, claims) =>
    retiredWithin(key, claims, 1_000),
  ),
  // A task in the background ends the key after the answer.
  surviving(
    'regeneration-follows-answer',
    'Regeneration revokes the old key before its answer.',
    (key, claims) => retiredWithin(key, claims, 6),
  ),
  surviving(
    'revocation-follows-answer',
    'A revocation takes effect before its answer.',
    (key, claims) => key?.jti === claims.jti && Date.now() - (key.revokedAt ?? 0) < 6,
  ),
  surviving(
    'one-read-ignores-revocation',
    'A revoked key is rejected on every operation.',
    (_, __, call) => call.operation?.operationId === 'fetchUsers',
  ),
  surviving(
    'one-write-ignores-revocation',
    'A revoked key is rejected on every operation.',
    (_, __, call) => call.operation?.operationId === 'createProduct',
  ),
  surviving(
    'restart-forgets-revocations',
    'A revoked key stays revoked after a restart.',
    (key, claims) => key?.supplied === true && key.jti === claims.jti,
  ),
  surviving(
    'connection-header-outlives-key',
    'A revoked key is rejected, also if the connection claims its header.',
    (key, claims, { request }) => isForNextHop(request) && key?.jti === claims.jti,
  ),
  caching('verdict-cached-50-ms', 50, ({ jti }) => jti),
  caching('verdict-cached-500-ms', 500, ({ jti }) => jti),
  caching('read-verdict-cached-500-ms', 500, ({ jti, permission }) =>
    permission === 'read' ? jti : undefined,
  ),
  caching('verdict-cached-5-s', 5_000, ({ jti }) => jti),
  caching('text-cached', 2_000, (_, { presented }) => presented ?? ''),
  {
    id: 'connection-remembers-key',
    breaks: 'A revoked key is rejected on connections that used it before.',
    override: (policy) => {
      const good = new WeakMap<object, Set<string>>();
      return {
        isLive: (key, claims, call) => {
          const known = good.get(call.request.connection) ?? new Set();
          const live = known.has(claims.jti) || policy.isLive(key, claims, call);
          if (live) good.set(call.request.connection, known.add(claims.jti));
          return live;
        },
      };
    },
  },
  {
    id: 'connection-ignores-case',
    breaks: 'A key with changed letter case is rejected on a connection that used the key before.',
    override: (policy) => {
      // Like a cache of header fields that ignores case.
      const fields = new WeakMap<object, Map<string, string>>();
      const nameOf = (request: ApiRequest): string => request.authorization.join().toLowerCase();
      return {
        readCredential: (request, parse) => {
          const known = fields.get(request.connection)?.get(nameOf(request));
          const read = known === undefined ? request : { ...request, authorization: [known] };
          return policy.readCredential(read, parse);
        },
        isLive: (key, claims, call) => {
          const live = policy.isLive(key, claims, call);
          const { connection, authorization } = call.request;
          const known = fields.get(connection) ?? new Map<string, string>();
          const [value] = authorization;
          if (live && value !== undefined && !known.has(nameOf(call.request)))
            fields.set(connection, known.set(nameOf(call.request), value));
          return live;
        },
      };
    },
  },
  {
    id: 'denylist-by-text',
    breaks: 'A revoked key is rejected in every spelling of its signature.',
    override: (policy) => ({
      verify: (text, ring, call) => policy.verify(tidied(text), ring, call),
      isLive: knownDead(policy, (call) => call.presented ?? ''),
    }),
  },
  {
    id: 'denylist-by-header',
    breaks: 'A revoked key is rejected in every spelling of the header.',
    override: (policy) => ({ isLive: knownDead(policy, (call) => call.request.authorization.join()) }),
  },
];

function surviving(
  id: string,
  breaks: string,
  survives: (key: KeyRecord | undefined, claims: Claims, call: Call) => boolean,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      isLive: (key, claims, call) => policy.isLive(key, claims, call) || survives(key, claims, call),
    }),
  };
}

/** Checks once if a key is active, and then not again for a while. */
function caching(
  id: string,
  milliseconds: number,
  name: (claims: Claims, call: Call) => string | undefined,
): Fault {
  return {
    id,
    breaks: 'A key that was used a moment ago is also revoked at once.',
    override: (policy: Policy) => {
      const good = new Map<string, number>();
      return {
        isLive: (key, claims, call) => {
          const cached = name(claims, call);
          if (cached === undefined) return policy.isLive(key, claims, call);
          if (Date.now() - (good.get(cached) ?? 0) < milliseconds) return true;
          const live = policy.isLive(key, claims, call);
          if (live) good.set(cached, Date.now());
          return live;
        },
      };
    },
  };
}

function retiredWithin(key: KeyRecord | undefined, claims: Claims, milliseconds: number): boolean {
  const old = key?.retired.find(({ jti }) => jti === claims.jti);
  return key?.revoked === false && old !== undefined && Date.now() - old.at < milliseconds;
}

/** Rejects a revoked key only in the spelling in which it was used before. */
function knownDead(policy: Policy, spell: (call: Call) => string): Policy['isLive'] {
  const seen = new Map<string, string>();
  return (key, claims, call) => {
    const live = policy.isLive(key, claims, call);
    const first = seen.get(claims.jti);
    if (live && first === undefined) seen.set(claims.jti, spell(call));
    return live || (first !== undefined && first !== spell(call));
  };
}

/** Spells the signature the usual way, like a tolerant decoder. */
function tidied(text: string): string {
  const { input, signature = '', segments } = peek(text) ?? {};
  if (segments?.length !== 3) return text;
  return `${input}.${Buffer.from(signature, 'base64').toString('base64url')}`;
}
