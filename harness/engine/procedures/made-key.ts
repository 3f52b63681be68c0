import { defined } from '../../model/defined.ts';
import { because, type Key } from '../../model/index.ts';
import { ControlError } from '../key-control/protocol.ts';
import type { TrackedControl } from '../key-control/tracked.ts';
import type { Session } from '../session/session.ts';

/** A write key that a procedure made for itself. */
export interface MadeKey {
  readonly id: string;
  readonly key: Key;
  readonly control: TrackedControl;
}

/** Makes a write key in the project of the run. Throws ControlError, also if the run has no key control. */
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
