import { defined } from '../../model/defined.ts';
import type {
  Capability,
  Key,
  Permission,
  Reason,
  SuppliedRole,
  TargetConfiguration,
} from '../../model/index.ts';
import { inPairs } from '../key-control/in-pairs.ts';
import { type Control, ControlError } from '../key-control/protocol.ts';

/** The supplied keys that key control can replace. */
const standIns = ['revoked-key', 'other-project-keys'] as const satisfies readonly Capability[];
type StandIn = (typeof standIns)[number];

const bothPermissions: readonly Permission[] = ['write', 'read'];
const otherProjectName = 'conformance-other-project';

/** Keys that key control created; it revokes them when the run ends. */
export interface ExtraKeys {
  readonly keys: TargetConfiguration['keys'];
  /** Capabilities that key control did not provide, each with the reason. */
  readonly refused: readonly (readonly [Capability, Reason])[];
  /** A limit that other work had reached may be why: alone it may succeed. */
  readonly mayBeLimited?: boolean;
}

export const noExtraKeys: ExtraKeys = { keys: {}, refused: [] };

/** Who creates keys, and which keys are there already. */
export interface KeySource {
  readonly control: Control;
  readonly features: readonly string[];
  readonly supplied: TargetConfiguration['keys'];
}

/** Nothing was created, because key control does not even describe itself. */
export function withoutKeys(reason: Reason): ExtraKeys {
  return { ...noExtraKeys, refused: standIns.map((capability) => [capability, reason]) };
}

/** Creates and revokes a key, unless one was supplied. `harm`: why this may not be done in the project of the supplied keys. */
export async function makeRevokedKey(
  { control, features, supplied }: KeySource,
  projectId: string | undefined,
  harm: Reason | undefined,
): Promise<ExtraKeys> {
  if (!features.includes('keys') || supplied.revoked !== undefined) return noExtraKeys;
  return made('revoked-key', async (attempt) => {
    if (harm !== undefined) throw new ControlError(harm);
    const { id, key } = await control.createKey({
      permission: 'write',
      ...defined({ project_id: projectId }),
    });
    attempt.isCreating = false;
    await control.revokeKey(id);
    attempt.keys.revoked = { value: key, variable: 'MUFI_REVOKED_KEY', description: 'revoked key' };
  });
}

/** Creates a second project with a key of each permission, unless both were supplied. */
export async function makeOtherProjectKeys({ control, features, supplied }: KeySource): Promise<ExtraKeys> {
  const areSupplied = bothPermissions.every((one) => supplied[`other-project-${one}`] !== undefined);
  if (!features.includes('keys') || !features.includes('projects') || areSupplied) return noExtraKeys;
  return made('other-project-keys', async ({ keys }) => {
    const { id } = await control.createProject(otherProjectName);
    const add = async (permission: Permission): Promise<void> => {
      const { key } = await control.createKey({ project_id: id, permission });
      const variable = `MUFI_OTHER_PROJECT_${permission.toUpperCase()}_KEY`;
      const description = `${permission} key of another project`;
      keys[`other-project-${permission}`] = { value: key, variable, description };
    };
    for await (const answers of inPairs(bothPermissions, add)) {
      for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
    }
  });
}

interface Attempt {
  readonly keys: Partial<Record<SuppliedRole, Key>>;
  isCreating: boolean;
}

/** The keys that were created until key control rejected one. */
async function made(capability: StandIn, make: (attempt: Attempt) => Promise<void>): Promise<ExtraKeys> {
  const attempt: Attempt = { keys: {}, isCreating: true };
  const { keys } = attempt;
  try {
    await make(attempt);
    return { keys, refused: [] };
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    const mayBeLimited = attempt.isCreating || error.code === '429';
    return { keys, refused: [[capability, error.because]], mayBeLimited };
  }
}
