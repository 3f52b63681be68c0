import { defined } from '../../model/defined.ts';
import type { Capability, Key, Reason, SuppliedRole, TargetConfiguration } from '../../model/index.ts';
import { type Control, ControlError } from '../key-control/protocol.ts';

const otherProjectName = 'conformance-other-project';

/** Keys that key control created, and the ids to revoke when the run ends. */
export interface ExtraKeys {
  readonly keys: TargetConfiguration['keys'];
  readonly ids: readonly string[];
  /** Capabilities that key control did not provide, each with the reason. */
  readonly refused: readonly (readonly [Capability, Reason])[];
}

export const noExtraKeys: ExtraKeys = { keys: {}, ids: [], refused: [] };

/** The supplied keys that key control can replace. */
const standIns: readonly Capability[] = ['revoked-key', 'other-project-keys'];

/** Nothing was created, because key control does not even describe itself. */
export function withoutExtraKeys(reason: Reason): ExtraKeys {
  return { ...noExtraKeys, refused: standIns.map((capability) => [capability, reason]) };
}

/** Creates the keys that were not supplied, if key control can; what it rejects is listed with the reason. */
export async function makeExtraKeys(
  control: Control,
  features: readonly string[],
  supplied: TargetConfiguration['keys'],
  projectId: string | undefined,
  /** Why no key may be created and revoked in the project of the supplied keys. */
  harm: Reason | undefined,
): Promise<ExtraKeys> {
  const keys: Partial<Record<SuppliedRole, Key>> = {};
  const ids: string[] = [];
  const refused: [Capability, Reason][] = [];
  const add = (role: SuppliedRole, key: Key, id: string): void => {
    keys[role] = key;
    ids.push(id);
  };
  const attempt = async (capability: Capability, make: () => Promise<void>): Promise<void> => {
    try {
      await make();
    } catch (error) {
      if (!(error instanceof ControlError)) throw error;
      refused.push([capability, error.because]);
    }
  };
  if (features.includes('keys') && supplied.revoked === undefined) {
    await attempt('revoked-key', async () => {
      if (harm !== undefined) throw new ControlError(harm);
      const made = await control.createKey({
        permission: 'write',
        ...defined({ project_id: projectId }),
      });
      ids.push(made.id);
      await control.revokeKey(made.id);
      keys.revoked = { value: made.key, variable: 'MUFI_REVOKED_KEY', description: 'revoked key' };
    });
  }
  const needsProject =
    supplied['other-project-write'] === undefined || supplied['other-project-read'] === undefined;
  if (features.includes('keys') && features.includes('projects') && needsProject) {
    await attempt('other-project-keys', async () => {
      const project = await control.createProject(otherProjectName);
      for (const permission of ['write', 'read'] as const) {
        const made = await control.createKey({ project_id: project.id, permission });
        const variable = `MUFI_OTHER_PROJECT_${permission.toUpperCase()}_KEY`;
        const description = `${permission} key of another project`;
        add(`other-project-${permission}`, { value: made.key, variable, description }, made.id);
      }
    });
  }
  return { keys, ids, refused };
}
