import type { Keyring } from '../keyring.ts';
import type { KeyRecord, Permission } from '../model.ts';
import type { Policy } from '../policy.ts';
import type { Fault } from './fault.ts';

/** So many keys of one permission a project may have where the oldest makes room for the next. */
const mostKeys = 2;

type Concerns = (other: KeyRecord, key: KeyRecord) => boolean;

/** Faults in which what happens to one key happens to others. The supplied keys are not spared. */
export const siblings: readonly Fault[] = [
  onRotate(
    'regenerate-ends-all-of-permission',
    'Regeneration of one key leaves the others of its permission alone.',
    (other, key) => other.project === key.project && other.permission === key.permission,
  ),
  onRotate(
    'regenerate-read-ends-writers',
    'Regeneration of a read key leaves write keys alone.',
    (other, key) =>
      other.project === key.project && key.permission === 'read' && other.permission === 'write',
  ),
  onRotate(
    'regenerate-ends-other-projects',
    'Regeneration of a key leaves the keys of other projects alone.',
    (other, key) => other.project !== key.project,
  ),
  {
    id: 'revoke-ends-all-of-permission',
    breaks: 'Revocation of one key leaves the others of its permission alone.',
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
    breaks: 'Regeneration of one key leaves the permission of the others alone.',
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
    breaks: 'Creation of a key leaves the others alone.',
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
