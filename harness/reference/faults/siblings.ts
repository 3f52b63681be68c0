import type { Keyring } from '../keyring.ts';
import type { KeyRecord, Permission } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** The most keys of one permission in a project; one more replaces the oldest. */
const mostKeys = 2;

type Concerns = (other: KeyRecord, key: KeyRecord) => boolean;

/** Faults in which what happens to one key affects others, the supplied keys included. */
export const siblings: readonly Fault[] = [
  onRotate(
    'regenerate-ends-all-of-permission',
    'Regeneration of one key does not affect the others of its permission.',
    (other, key) => other.project === key.project && other.permission === key.permission,
  ),
  onRotate(
    'regenerate-read-ends-writers',
    'Regeneration of a read key does not affect write keys.',
    (other, key) =>
      other.project === key.project && key.permission === 'read' && other.permission === 'write',
  ),
  onRotate(
    'regenerate-ends-other-projects',
    'Regeneration of a key does not affect the keys of other projects.',
    (other, key) => other.project !== key.project,
  ),
  {
    id: 'revoke-ends-all-of-permission',
    breaks: 'Revocation of one key does not affect the others of its permission.',
    override: (policy) => ({
      revoke: (id, ring) => {
        const key = ring.find(id);
        if (key !== undefined) {
          endOthers(
            ring,
            key,
            (other) => other.project === key.project && other.permission === key.permission,
          );
        }
        return policy.revoke(id, ring);
      },
    }),
  },
  {
    id: 'regenerate-changes-siblings',
    breaks: 'Regeneration of one key does not change the permission of the others.',
    override: (policy) => {
      const levels = new Map<string, Permission>();
      return {
        rotate: async (key, ring) => {
          for (const { id, project } of ring.all()) {
            if (id !== key.id && project === key.project) levels.set(id, key.permission);
          }
          return policy.rotate(key, ring);
        },
        permissionOf: (claims, request) => levels.get(claims.sub) ?? policy.permissionOf(claims, request),
      };
    },
  },
  {
    id: 'create-ends-oldest',
    breaks: 'Creating a key does not affect the others.',
    override: (policy) => ({
      created: (key, ring) => {
        policy.created(key, ring);
        const alike = ring.all().filter(({ project, permission, revoked }) => {
          return project === key.project && permission === key.permission && !revoked;
        });
        for (const { id } of alike.slice(0, -mostKeys)) ring.revoke(id);
      },
    }),
  },
];

function onRotate(id: string, breaks: string, concerns: Concerns): Fault {
  return {
    id,
    breaks,
    override: (policy: Policy) => ({
      rotate: async (key, ring) => {
        endOthers(ring, key, concerns);
        return policy.rotate(key, ring);
      },
    }),
  };
}

function endOthers(ring: Keyring, key: KeyRecord, concerns: Concerns): void {
  for (const other of ring.all()) {
    if (other.id !== key.id && concerns(other, key)) ring.revoke(other.id);
  }
}
