import { defined } from '../../model/defined.ts';
import { type Key, type Permission, type Preparation, preparationSteps } from '../../model/index.ts';
import { type Control, ControlError, type ControlledKey } from './protocol.ts';

/** Keys that a preparation created: the one that the scenario tries, and the one that replaced it. */
export interface PreparedKeys {
  readonly prepared: Key;
  readonly successor?: Key;
  /** Answers of key control before and after a regeneration. */
  readonly before?: ControlledKey;
  readonly after?: ControlledKey;
  /** Revokes the created keys that are left; never throws. */
  discard(): Promise<void>;
}

export interface PreparationTools {
  readonly control: Control;
  /** Project of the supplied keys, if known. */
  readonly projectId?: string;
  /** Uses a key this many times on every operation, so that every cache of the target knows it. */
  warm?(key: Key, times: number): Promise<void>;
  /** Waits until the target rejects a key, or has accepted it for a while. */
  untilRejected?(key: Key): Promise<void>;
  /** Whether the credential of the scenario can be created from a key; some spellings change only some keys. */
  suits?(key: Key): Promise<boolean>;
  /** Called with every key from key control before any other use, so that it can be redacted. */
  keyMade(value: string): void;
}

const yearSeconds = 365 * 24 * 3600;
const tenYearsSeconds = 10 * yearSeconds;
/** A long life, and a little more than half of it. */
const longLifeSeconds = 100 * yearSeconds;
const halfLifeSeconds = 51 * yearSeconds;
/** More than all scenarios of a run together move the clock. */
const farFutureSeconds = 200 * yearSeconds;
/** How often a preparation uses its key on every operation before the key is revoked or replaced. */
export function warmUses(preparation: Preparation): number {
  return preparationSteps[preparation].uses ?? 0;
}

/** About one key in fifteen has a signature that a spelling does not change. */
const keysToTry = 6;
const soonSeconds = 3600;

/** The lifetime of the key of a preparation, in seconds; without an entry it does not expire. */
const lifeSeconds: Readonly<Partial<Record<Preparation, number>>> = {
  'key before its expiry': farFutureSeconds,
  'key past half of its life': longLifeSeconds,
  'key after its expiry': soonSeconds,
};

/** What each preparation needs in addition to key control. */
export const preparationFeatures: Readonly<Partial<Record<Preparation, readonly string[]>>> = {
  'key before its expiry': ['expiring-keys'],
  'key past half of its life': ['expiring-keys', 'clock'],
  'key after its expiry': ['expiring-keys', 'clock'],
  'key after ten years': ['clock'],
};

/** Creates the keys of a preparation. Throws ControlError. */
export async function prepareKeys(preparation: Preparation, tools: PreparationTools): Promise<PreparedKeys> {
  const made: ControlledKey[] = [];
  const permission: Permission = preparation.includes('read') ? 'read' : 'write';
  const create = async (expiresIn?: number): Promise<ControlledKey> => {
    const key = await tools.control.createKey({
      permission,
      ...defined({ project_id: tools.projectId, expires_in: expiresIn }),
    });
    made.push(key);
    tools.keyMade(key.key);
    return key;
  };
  const regenerate = async (key: ControlledKey): Promise<ControlledKey> => {
    const next = await tools.control.regenerateKey(key.id);
    made.push(next);
    tools.keyMade(next.key);
    return next;
  };
  const discard = async (): Promise<void> => {
    const ids = new Set(made.map(({ id }) => id));
    await Promise.allSettled([...ids].map((id) => tools.control.revokeKey(id)));
  };
  const done = (
    prepared: ControlledKey,
    description: string,
    rest: Partial<PreparedKeys> = {},
  ): PreparedKeys => ({
    prepared: asKey(prepared, 'PREPARED_KEY', description),
    discard,
    ...rest,
  });

  try {
    let key = await create(lifeSeconds[preparation]);
    for (let tried = 1; tried < keysToTry && !((await tools.suits?.(asPrepared(key))) ?? true); tried += 1) {
      key = await create(lifeSeconds[preparation]);
    }
    const times = warmUses(preparation);
    if (times > 0) {
      if (tools.warm === undefined) throw new ControlError('this run cannot warm up caches');
      await tools.warm(asPrepared(key), times);
    }
    switch (preparation) {
      case 'fresh write key':
      case 'fresh read key':
        return done(key, `${permission} key created a moment ago`);
      case 'regenerated write key':
      case 'regenerated read key':
      case 'used and regenerated write key':
      case 'used and regenerated read key':
      case 'used and regenerated write key, when it is rejected':
      case 'warmed and regenerated write key': {
        const after = await regenerate(key);
        const successor = asKey(after, 'NEW_KEY', `${permission} key that replaced it`);
        if (preparationSteps[preparation].untilRejected === true)
          await tools.untilRejected?.(asPrepared(key));
        return done(key, `${permission} key that was regenerated a moment ago`, {
          successor,
          before: key,
          after,
        });
      }
      case 'revoked write key':
      case 'revoked read key':
      case 'used and revoked write key':
      case 'warmed and revoked write key':
        await tools.control.revokeKey(key.id);
        return done(key, `${permission} key that was revoked a moment ago`);
      case 'twice regenerated write key':
        await regenerate(await regenerate(key));
        return done(key, 'write key that was regenerated twice');
      case 'regenerated and revoked write key':
        await tools.control.revokeKey((await regenerate(key)).id);
        return done(key, 'write key that was regenerated and then revoked');
      case 'revoked successor of a write key': {
        const next = await regenerate(key);
        await tools.control.revokeKey(next.id);
        return done(next, 'write key that a regeneration answered and that was then revoked');
      }
      case 'revoked write key and a later one': {
        await tools.control.revokeKey(key.id);
        await create();
        return done(key, 'write key that was revoked before another one was made');
      }
      case 'sibling of a regenerated key':
        await regenerate(await create());
        return done(key, 'write key whose sibling was regenerated a moment ago');
      case 'sibling of a revoked key':
        await tools.control.revokeKey((await create()).id);
        return done(key, 'write key whose sibling was revoked a moment ago');
      case 'key before its expiry':
        return done(key, 'write key that expires in the far future');
      case 'key past half of its life':
        await tools.control.advanceClock(halfLifeSeconds);
        return done(key, 'write key past half of its life');
      case 'key after its expiry':
        await tools.control.advanceClock(soonSeconds + 600);
        return done(key, 'write key ten minutes after its expiry');
      case 'key after ten years':
        await tools.control.advanceClock(tenYearsSeconds);
        return done(key, 'write key created ten years ago by the clock of the target');
    }
  } catch (error) {
    await discard();
    throw error;
  }
}

function asPrepared(key: ControlledKey): Key {
  return asKey(key, 'PREPARED_KEY', 'write key');
}

/** A key of key control as the engine uses it. */
export function asKey(key: ControlledKey, variable: string, description: string): Key {
  return {
    value: key.key,
    variable,
    description,
    controlId: key.id,
    projectId: key.project_id,
    permission: key.permission,
  };
}
