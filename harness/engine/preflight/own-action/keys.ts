import type { Key, Permission } from '../../../model/index.ts';
import type { Control } from '../../key-control/protocol.ts';
import type { Session } from '../../session/session.ts';

/** Makes keys that nobody else has, so that whatever happens to them harms nobody. */
export interface KeyMaker {
  /** Throws ControlError. */
  make(permission: Permission): Promise<Key>;
  /** Answers the key that takes its place. Throws ControlError. */
  regenerate(key: Key): Promise<Key>;
  /** Throws ControlError. */
  revoke(key: Key): Promise<void>;
  /** Revokes what is left; never throws. */
  discard(): Promise<void>;
}

/** A maker of keys in one project; without an id in the one that key control takes by itself. */
export function keyMaker(session: Session, control: Control, projectId: string | undefined): KeyMaker {
  const left = new Set<string>();
  const counts = { read: 0, write: 0 };
  const keep = (made: Awaited<ReturnType<Control['createKey']>>, description: string): Key => {
    left.add(made.id);
    session.redactor.add(made.key);
    const { permission, id, project_id } = made;
    return {
      value: made.key,
      variable: 'PREPARED_KEY',
      description,
      controlId: id,
      projectId: project_id,
      permission,
    };
  };
  const idOf = ({ controlId = '' }: Key): string => controlId;
  return {
    async make(permission) {
      const project = projectId === undefined ? {} : { project_id: projectId };
      counts[permission] += 1;
      const description = `${permission} key ${counts[permission]} made by the suite`;
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
