import { type Control, ControlError } from '../../control/protocol.ts';
import type { Key, SuppliedRole, TargetConfiguration } from '../../model.ts';

const otherProjectName = 'conformance-other-project';

/** Keys that key control can stand in for, and the ids to revoke when the run ends. */
export interface ExtraKeys {
  readonly keys: TargetConfiguration['keys'];
  readonly ids: readonly string[];
}

/** Makes the keys that were not supplied but that key control can make; what it refuses is left out. */
export async function makeExtraKeys(
  control: Control,
  features: readonly string[],
  supplied: TargetConfiguration['keys'],
  projectId: string | undefined,
): Promise<ExtraKeys> {
  const keys: Partial<Record<SuppliedRole, Key>> = {};
  const ids: string[] = [];
  const add = (
    role: SuppliedRole,
    value: string,
    variable: string,
    description: string,
    id: string,
  ): void => {
    keys[role] = { value, variable, description };
    ids.push(id);
  };
  try {
    if (features.includes('keys') && supplied.revoked === undefined) {
      const made = await control.createKey({
        permission: 'write',
        ...(projectId === undefined ? {} : { project_id: projectId }),
      });
      await control.revokeKey(made.id);
      add('revoked', made.key, 'MUFI_REVOKED_KEY', 'revoked key', made.id);
    }
    const needsProject =
      supplied['other-project-write'] === undefined || supplied['other-project-read'] === undefined;
    if (features.includes('keys') && features.includes('projects') && needsProject) {
      const project = await control.createProject(otherProjectName);
      for (const permission of ['write', 'read'] as const) {
        const made = await control.createKey({ project_id: project.id, permission });
        const variable = `MUFI_OTHER_PROJECT_${permission.toUpperCase()}_KEY`;
        add(
          `other-project-${permission}`,
          made.key,
          variable,
          `${permission} key of another project`,
          made.id,
        );
      }
    }
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
  }
  return { keys, ids };
}
