import { randomUUID } from 'node:crypto';
import type { Keyring } from '../keyring.ts';
import type { KeyRecord } from '../model.ts';
import type { Policy } from '../policy.ts';
import { deadKeys } from './dead-keys.ts';
import type { Fault } from './fault.ts';
import { keptForTheDead } from './kept-for-the-dead.ts';
import { lifeSharedByKeyId, lifeSharedByRequest } from './kept-verdicts.ts';
import { replicas } from './replicas.ts';
import { revocation } from './revocation.ts';
import { siblings } from './siblings.ts';
import { revocationIgnored } from './ungated.ts';

/** Faults in the regeneration of a key. */
export const regeneration: readonly Fault[] = [
  ...revocation,
  ...keptForTheDead,
  ...replicas,
  lifeSharedByKeyId,
  lifeSharedByRequest,
  ...siblings,
  ...deadKeys,
  ...revocationIgnored,
  changing('regenerate-changes-permission', 'Regeneration keeps the permission.', (record) => ({
    permission: record.permission === 'write' ? 'read' : 'write',
  })),
  changing('regenerate-changes-id', 'Regeneration keeps the id.', () => ({ id: randomUUID() })),
  changing('regenerate-changes-project', 'Regeneration keeps the project.', (record, ring) => ({
    project: ring.all().find(({ project }) => project !== record.project)?.project ?? record.project,
  })),
  {
    id: 'regenerate-does-nothing',
    breaks: 'Regeneration creates a new key.',
    override: () => ({ rotate: async (record, ring) => ({ record, key: await ring.sign(record) }) }),
  },
  {
    id: 'regenerate-ends-siblings',
    breaks: 'Regeneration of one key does not affect the others.',
    override: (policy) => ({
      rotate: async (key, ring) => {
        for (const other of ring.all()) {
          if (other.id !== key.id && other.project === key.project && !other.supplied) ring.revoke(other.id);
        }
        return policy.rotate(key, ring);
      },
    }),
  },
  {
    id: 'revoke-ends-siblings',
    breaks: 'Revocation of one key does not affect the others.',
    override: (policy) => ({
      revoke: (id, ring) => {
        const project = ring.find(id)?.project;
        for (const other of ring.all()) {
          if (other.id !== id && other.project === project && !other.supplied) ring.revoke(other.id);
        }
        return policy.revoke(id, ring);
      },
    }),
  },
  {
    id: 'created-key-late',
    breaks: 'A key works from the moment it is created.',
    override: (policy) => {
      const known = new Map<string, number>();
      return {
        isLive: (key, claims, call) => {
          if (key !== undefined && !key.supplied && !known.has(key.id)) known.set(key.id, Date.now());
          const young = Date.now() - (known.get(key?.id ?? '') ?? 0) < 1_000;
          return policy.isLive(key, claims, call) && !(young && key?.retired.length === 0);
        },
      };
    },
  },
  {
    id: 'new-key-refused-once',
    breaks: 'The new key works on every operation.',
    override: (policy) => ({
      isLive: (key, claims, call) =>
        policy.isLive(key, claims, call) &&
        !(key?.retired.length !== 0 && call.operation?.operationId === 'getProduct'),
    }),
  },
  {
    id: 'new-key-late',
    breaks: 'The new key works at once.',
    override: (policy) => ({
      isLive: (key, claims, call) =>
        policy.isLive(key, claims, call) && Date.now() - (key?.retired.at(-1)?.at ?? 0) > 1_000,
    }),
  },
  {
    id: 'racing-regenerations-both-live',
    breaks: 'Two regenerations at the same time leave one active key.',
    override: (policy) => {
      const racing = new Map<string, number>();
      const spared = new Set<string>();
      return {
        rotate: async (key, ring) => {
          racing.set(key.id, (racing.get(key.id) ?? 0) + 1);
          await new Promise((resolve) => setTimeout(resolve, 50));
          const contested = (racing.get(key.id) ?? 0) > 1;
          const next = await policy.rotate(key, ring);
          if (contested) spared.add(next.record.jti);
          setTimeout(() => racing.set(key.id, (racing.get(key.id) ?? 1) - 1), 50);
          return next;
        },
        isLive: (key, claims, call) => policy.isLive(key, claims, call) || spared.has(claims.jti),
      };
    },
  },
];

function changing(
  id: string,
  breaks: string,
  change: (record: KeyRecord, ring: Keyring) => Partial<KeyRecord>,
): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      rotate: async (key, ring) => {
        const { record } = await policy.rotate(key, ring);
        const changed = { ...record, ...change(record, ring) };
        ring.save(changed);
        return { record: changed, key: await ring.sign(changed) };
      },
    }),
  };
}
