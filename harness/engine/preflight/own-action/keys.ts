import { defined } from '../../../model/defined.ts';
import type { Key, Permission } from '../../../model/index.ts';
import { asKey } from '../../key-control/preparations.ts';
import type { Control } from '../../key-control/protocol.ts';
import type { Session } from '../../session/session.ts';

/** Creates keys that nobody else uses, so it does not matter what happens to them. */
export interface KeyMaker {
  /** Throws ControlError. */
  make(permission: Permission): Promise<Key>;
  /** Returns the new key. Throws ControlError. */
  regenerate(key: Key): Promise<Key>;
  /** Throws ControlError. */
  revoke(key: Key): Promise<void>;
  /** Revokes the keys that are left; never throws. */
  discard(): Promise<void>;
}

/** Creates keys in one project; without an id in the default project of key control. */
export function keyMaker(
  session: Session,
  control: Control,
  projectId: string | Promise<string | undefined>,
): KeyMaker {
  const left = new Set<string>();
  const counts = { read: 0, write: 0 };
  const keep = (made: Awaited<ReturnType<Control['createKey']>>, description: string): Key => {
    left.add(made.id);
    session.redactor.add(made.key);
    return asKey(made, 'PREPARED_KEY', description);
  };
  const idOf = ({ controlId = '' }: Key): string => controlId;
  return {
    async make(permission) {
      counts[permission] += 1;
      const description = `${permission} key ${counts[permission]} made by the suite`;
      const project = defined({ project_id: await projectId });
      return keep(await control.createKey({ permission, ...project }), description);
    },
    async regenerate(key) {
      const made = await control.regenerateKey(idOf(key));
      return keep(made, `${key.description}, regenerated`);
    },
    async revoke(key) {
      await control.revokeKey(idOf(key));
      left.delete(idOf(key));
    },
    async discard() {
      await Promise.all([...left].map((id) => control.revokeKey(id).catch(() => undefined)));
      left.clear();
    },
  };
}
