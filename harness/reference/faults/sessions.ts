import { randomUUID } from 'node:crypto';
import type { Keyring } from '../keyring.ts';
import type { Call, Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** Faults of a server that also gives each caller with a key a session cookie. */
export const sessions: readonly Fault[] = [
  withSessions('session-lets-in', ({ request }) => request.authorization.length === 0),
  withSessions('session-tried-next', ({ request }) => request.authorization.length > 0),
  withSessions('session-outlives-key', (_, claims, ring) => ring.find(claims.sub)?.jti !== claims.jti),
];

function withSessions(id: string, counts: (call: Call, claims: Claims, ring: Keyring) => boolean): Fault {
  return {
    id,
    breaks: 'A cookie is not a key, whoever got it.',
    override: (policy: Policy) => {
      const claimsOf = new Map<string, Claims>();
      return {
        exempt: (call, ring) => {
          const given = /\bsid=([\w-]+)/.exec(call.request.headers.cookie ?? '')?.[1];
          const claims = claimsOf.get(given ?? '');
          return claims !== undefined && counts(call, claims, ring) ? claims : policy.exempt(call, ring);
        },
        finish: async (answer, call, why) => {
          const finished = await policy.finish(answer, call, why);
          const { caller } = call;
          if (caller === undefined || call.request.headers.cookie !== undefined) return finished;
          const session = randomUUID();
          claimsOf.set(session, caller.claims);
          const headers = { ...finished.headers, 'set-cookie': `sid=${session}; HttpOnly` };
          return { ...finished, headers };
        },
      };
    },
  };
}
