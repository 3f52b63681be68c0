import type { Keyring } from '../keyring.ts';
import type { KeyRecord } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** A list of the dead has so much room; whoever died before that is forgotten. */
const roomForDead = 40;
/** A project may have so many keys; one more ends the oldest. */
const roomForKeys = 20;

/** Faults in what happens to dead keys, and to living ones, long after. */
export const deadKeys: readonly Fault[] = [
  {
    id: 'only-last-key-remembered',
    breaks: 'Every key that a regeneration ended stays dead.',
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
    breaks: 'The first key stays dead when the key is regenerated again, for reading and for writing.',
    override: (policy) => ({
      // Each regeneration writes the other of two places, and who writes something asks both.
      isLive: (key, claims, call) => {
        const [first, second] = key?.retired ?? [];
        const isFirst = second !== undefined && first?.jti === claims.jti && key?.revoked === false;
        return policy.isLive(key, claims, call) || (isFirst && call.operation?.permission === 'write');
      },
    }),
  },
  {
    id: 'revocation-forgets-old-key',
    breaks: 'What a regeneration ended stays dead when its key is revoked.',
    override: (policy) => ({
      isLive: (key, claims, call) =>
        policy.isLive(key, claims, call) || (key?.revoked === true && key.jti !== claims.jti),
    }),
  },
  {
    id: 'only-first-key-revocable',
    breaks: 'A key is dead once it is revoked, also where a regeneration made it.',
    override: (policy) => ({
      isLive: (key, claims, call) => {
        const isLater = key !== undefined && key.retired.length > 0 && key.jti === claims.jti;
        return policy.isLive(key, claims, call) || isLater;
      },
    }),
  },
  {
    id: 'revoked-reader-lives-until-the-next',
    breaks: 'A read key is dead once it is revoked, whether another one is made or not.',
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
    breaks: 'A revoked key stays dead when another one is made.',
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
        // Asks only whether somebody lives at the place that the key names.
        isLive: (key, claims, call) =>
          policy.isLive(key, claims, call) || (key?.jti === claims.jti && tenants.has(claims.sub)),
      };
    },
  },
  {
    id: 'dead-keys-forgotten',
    breaks: 'A revoked key stays revoked when many others were revoked.',
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
    breaks: 'Creation of a key leaves the others alone, however many there are.',
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
