import PQueue from 'p-queue';
import { defined } from '../../model/defined.ts';
import { because, type Key, type Permission } from '../../model/index.ts';
import { inPairs } from '../key-control/in-pairs.ts';
import { asKey } from '../key-control/preparations.ts';
import { ControlError } from '../key-control/protocol.ts';
import type { TrackedControl } from '../key-control/tracked.ts';
import type { Session } from '../session/session.ts';

/** A write key that a procedure created for itself. */
export interface MadeKey {
  readonly id: string;
  readonly key: Key;
  readonly control: TrackedControl;
}

/** Creates a write key in the project of the run. Throws ControlError, also if the run has no key control. */
export async function makeWriteKey(
  { control, state, redactor }: Session,
  description: string,
): Promise<MadeKey> {
  if (control === undefined) throw new ControlError(because('no-key-control'));
  const { projectId } = state;
  const created = await control.createKey({ permission: 'write', ...defined({ project_id: projectId }) });
  redactor.add(created.key);
  return { id: created.id, key: { value: created.key, variable: 'PREPARED_KEY', description }, control };
}

/** Keys of both permissions in turn, the write key first. */
export const inTurn: readonly Permission[] = ['write', 'read'];

/** How many keys are created, in which project, and how a report names each of them. */
export interface ManyKeys {
  readonly count: number;
  readonly projectId: string | undefined;
  describe(permission: Permission, number: number): string;
}

/** Creates keys of both permissions and adds them to `keys`. Throws ControlError; `keys` has those made before. */
export async function makeManyKeys(
  { control, redactor }: Session,
  { count, projectId, describe }: ManyKeys,
  keys: Key[],
): Promise<void> {
  if (control === undefined) throw new ControlError(because('no-key-control'));
  const permissions = Array.from({ length: count }, (_, index) => inTurn[index % 2] ?? 'write');
  const make = async (permission: Permission, index: number): Promise<Key> => {
    const made = await control.createKey({ permission, ...defined({ project_id: projectId }) });
    redactor.add(made.key);
    return { ...asKey(made, 'PREPARED_KEY', describe(permission, index + 1)), permission };
  };
  for await (const answers of inPairs(permissions, make)) {
    for (const answer of answers) if (answer.status === 'fulfilled') keys.push(answer.value);
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
  }
}

/** How many calls of key control run at a time: a command is a process for each. */
const atATime = 8;

/** Revokes keys that a procedure created. If that fails, they are revoked at the end of the run. */
export async function revokeMade({ control }: Session, keys: readonly Key[]): Promise<void> {
  const queue = new PQueue({ concurrency: atATime });
  const calls = keys.map(({ controlId = '' }) => queue.add(async () => control?.revokeKey(controlId)));
  await Promise.allSettled(calls);
}
