import type { Keyring } from '../keyring.ts';
import type { KeyRecord } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** The list of revoked keys has this many places; the oldest entries are forgotten. */
const roomForDead = 40;
/** The most keys of a project; one more revokes the oldest. */
const roomForKeys = 20;

/** Faults that make a revoked key valid again, or an active key invalid, long afterwards. */
export const deadKeys: readonly Fault[] = [
  {
    id: 'only-last-key-remembered',
    breaks: 'Every key that a regeneration replaced stays invalid.',
    override: (policy) => ({
      isLive: (key, claims, call) => {
        const last = key?.retired.at(-1)?.jti;
        const isOlder = key?.retired.some(({ jti }) => jti === claims.jti && jti !== last) === true;
        return policy.isLive(key, claims, call) || (isOlder && key?.revoked === false);
      },
    }),
  },
  {
    id: 'two-places-for-a-key',
    breaks: 'The first key stays invalid after a second regeneration, for reads and for writes.',
    override: (policy) => ({
      // Each regeneration writes to one of two places in turn. Only writes ask both places.
      isLive: (key, claims, call) => {
        const [first, second] = key?.retired ?? [];
        const isFirst = second !== undefined && first?.jti === claims.jti && key?.revoked === false;
        return policy.isLive(key, claims, call) || (isFirst && call.operation?.permission === 'write');
      },
    }),
  },
  {
    id: 'revocation-forgets-old-key',
    breaks: 'A key that a regeneration replaced stays invalid when its successor is revoked.',
    override: (policy) => ({
      isLive: (key, claims, call) =>
        policy.isLive(key, claims, call) || (key?.revoked === true && key.jti !== claims.jti),
    }),
  },
  {
    id: 'only-first-key-revocable',
    breaks: 'A revoked key is invalid, also if a regeneration created it.',
    override: (policy) => ({
      isLive: (key, claims, call) => {
        const isLater = key !== undefined && key.retired.length > 0 && key.jti === claims.jti;
        return policy.isLive(key, claims, call) || isLater;
      },
    }),
  },
  {
    id: 'revoked-reader-lives-until-the-next',
    breaks: 'A revoked read key is invalid, whether or not another key is created.',
    override: (policy) => {
      const waiting = new Set<string>();
      return {
        revoke: (id, ring) => {
          const key = ring.find(id);
          const isDone = policy.revoke(id, ring);
          if (isDone && key?.permission === 'read') waiting.add(id);
          return isDone;
        },
        created: (key, ring) => {
          policy.created(key, ring);
          if (key.permission === 'read') waiting.clear();
        },
        isLive: (key, claims, call) =>
          policy.isLive(key, claims, call) || (key?.jti === claims.jti && waiting.has(claims.sub)),
      };
    },
  },
  {
    id: 'key-id-used-again',
    breaks: 'A revoked key stays invalid when another key is created.',
    override: (policy) => {
      const free: string[] = [];
      const tenants = new Map<string, string>();
      return {
        revoke: (id, ring) => {
          const isDone = policy.revoke(id, ring);
          if (isDone) free.push(id);
          return isDone;
        },
        created: (key, ring) => {
          policy.created(key, ring);
          const place = free.pop();
          if (place !== undefined) tenants.set(place, key.id);
        },
        // Asks only whether the place that the key names is taken.
        isLive: (key, claims, call) =>
          policy.isLive(key, claims, call) || (key?.jti === claims.jti && tenants.has(claims.sub)),
      };
    },
  },
  {
    id: 'dead-keys-forgotten',
    breaks: 'A revoked key stays revoked after many other keys are revoked.',
    override: (policy) => {
      const dead: string[] = [];
      return {
        revoke: (id, ring) => {
          const isDone = policy.revoke(id, ring);
          if (isDone) dead.push(id);
          return isDone;
        },
        isLive: (key, claims, call) => {
          const isListed = dead.slice(-roomForDead).includes(claims.sub);
          return policy.isLive(key, claims, call) || (dead.includes(claims.sub) && !isListed);
        },
      };
    },
  },
  {
    id: 'create-ends-beyond-twenty',
    breaks: 'Creating a key does not affect other keys, however many there are.',
    override: (policy: Policy) => ({
      created: (key, ring) => {
        policy.created(key, ring);
        for (const { id } of livingBeside(key, ring).slice(0, -roomForKeys)) ring.revoke(id);
      },
    }),
  },
];

function livingBeside(key: KeyRecord, ring: Keyring): KeyRecord[] {
  return ring.all().filter(({ project, revoked, supplied }) => {
    return project === key.project && !revoked && !supplied;
  });
}
