import { randomUUID } from 'node:crypto';
import type { Keyring } from '../keyring.ts';
import type { Call, Claims } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

type Counts = (call: Call, claims: Claims, ring: Keyring) => boolean;

/** Faults of a server that also remembers each caller with a key by a session cookie. */
export const sessions: readonly Fault[] = [
  withSessions('session-lets-in', ({ request }) => request.authorization.length === 0),
  withSessions('session-tried-next', ({ request }) => request.authorization.length > 0),
  withSessions('session-outlives-key', (_, claims, ring) => ring.find(claims.sub)?.jti !== claims.jti),
  withSessionsOfClients('session-of-client-lets-in', ({ request }) => request.authorization.length === 0),
  withSessionsOfClients('session-of-client-tried-next', ({ request }) => request.authorization.length > 0),
];

/** The server makes the cookie up. */
function withSessions(id: string, counts: Counts): Fault {
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

/** The client makes the cookie up, and the server keeps a session under it. */
function withSessionsOfClients(id: string, counts: Counts): Fault {
  return {
    id,
    breaks: 'A cookie that a client chose is not a key, whoever sent it before.',
    override: (policy: Policy) => {
      const claimsOf = new Map<string, Claims>();
      const chosen = ({ request }: Call): string =>
        /\bPHPSESSID=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
      return {
        exempt: (call, ring) => {
          const claims = claimsOf.get(chosen(call));
          return claims !== undefined && counts(call, claims, ring) ? claims : policy.exempt(call, ring);
        },
        finish: (answer, call, why) => {
          const session = chosen(call);
          if (call.caller !== undefined && session !== '') claimsOf.set(session, call.caller.claims);
          return policy.finish(answer, call, why);
        },
      };
    },
  };
}
